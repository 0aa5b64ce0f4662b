"""Photographs in the accelerator's memory, and crops of them."""

import io
import multiprocessing
import tarfile

import numpy
import torch
import torch.nn.functional as F
from PIL import Image

LARGEST_REDUCTION = 3
JITTER = 0.15
LUMA = (0.299, 0.587, 0.114)


def _read(data):
    return numpy.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


class Photos:
    """All pictures of a tar file, each in the upper left of a square of equal size."""

    def __init__(self, path, device, most=None):
        with tarfile.open(path) as tar:
            files = [tar.extractfile(entry).read() for entry in tar.getmembers()[:most]]
        with multiprocessing.get_context("fork").Pool() as pool:
            pictures = pool.map(_read, files, chunksize=16)
        side = max(max(picture.shape[:2]) for picture in pictures)
        planes = torch.zeros((len(pictures), 3, side, side), dtype=torch.uint8)
        for target, picture in zip(planes, pictures):
            target[:, : picture.shape[0], : picture.shape[1]] = torch.from_numpy(picture.copy()).permute(2, 0, 1)
        self.planes = planes.to(device)
        self.sizes = torch.tensor([picture.shape[:2] for picture in pictures], device=device).float()
        self.side, self.device = side, device
        self.luma = torch.tensor(LUMA, device=device).view(1, 3, 1, 1)

    def __len__(self):
        return len(self.planes)

    def crops(self, count, side):
        """
        [count, 3, side, side], 0..1: random places, flips and light colour jitter; half of the time pixel by pixel, else of windows
        up to three times as large (log-uniform, as far as a photograph reaches), filtered.
        """
        uniform = lambda *shape: torch.rand(shape, device=self.device)
        index = (uniform(count) * len(self)).long()
        sizes = self.sizes[index]
        short = sizes.min(1).values
        least, most = short.clamp(max=side), short.clamp(max=LARGEST_REDUCTION * side)
        exact = torch.rand(()).item() < 0.5
        window = least if exact else least * (most / least) ** uniform(count)
        corner = (sizes - window[:, None]) * uniform(count, 2)
        if exact:
            corner = torch.where((window == side)[:, None], corner.floor(), corner)
        fine = side if exact else 2 * side
        # Centres of the crop's pixels in the photograph's, from 0 at its left edge.
        steps = (torch.arange(fine, device=self.device) + 0.5) / fine
        rows, columns = (corner[:, i, None] + window[:, None] * steps for i in (0, 1))
        flipped = (uniform(count) < 0.5)[:, None]
        columns = torch.where(flipped, columns.flip(1), columns)
        grid = torch.stack(torch.broadcast_tensors(columns[:, None, :], rows[:, :, None]), -1) * (2 / self.side) - 1
        pictures = F.grid_sample(self.planes[index].float(), grid, mode="bilinear", padding_mode="border", align_corners=False) / 255
        if not exact:
            pictures = F.avg_pool2d(pictures, 2)
        return self.jitter(pictures)

    def jitter(self, pictures, strength=JITTER):
        """Brightness, contrast and saturation within a share of themselves; one picture in three stays as it is."""
        count = len(pictures)
        factors = 1 + strength * (2 * torch.rand((3, count, 1, 1, 1), device=self.device) - 1)
        factors = torch.where(torch.rand((count, 1, 1, 1), device=self.device) < 1 / 3, torch.ones_like(factors), factors)
        brightness, contrast, saturation = factors
        grey = (pictures * self.luma).sum(1, keepdim=True).mean((2, 3), keepdim=True)
        pictures = (grey + contrast * (pictures - grey)) * brightness
        grey = (pictures * self.luma).sum(1, keepdim=True)
        return (grey + saturation * (pictures - grey)).clamp(0, 1)


def tiled(pictures, points=600):
    """
    The pictures [n, 3, side, side] laid out in tiles or strokes of one colour each, as paintings are and photographs are not: Voronoi
    cells of random points, 8 to 40 pixels wide, stretched up to three times in a random direction, some with joints between them.
    """
    side, device = pictures.shape[-1], pictures.device
    axis = torch.arange(side, device=device) + 0.5 - side / 2
    pixels = torch.stack(torch.meshgrid(axis, axis, indexing="ij"), -1).view(-1, 2)
    result = []
    for picture in pictures:
        width, stretch, angle, joint, dark, spread = torch.rand(6, device=device)
        width, stretch, angle = 8 * 5 ** width, 3 ** stretch.sub(0.3).clamp(min=0), angle * numpy.pi
        turn = torch.stack([angle.cos(), angle.sin(), -angle.sin(), angle.cos()]).view(2, 2)
        shape = turn * torch.stack([stretch.sqrt(), stretch.rsqrt()]).view(2, 1)
        # As many points in any case: what lies outside is not seen.
        reach = (width * points ** 0.5 / 2).clamp(min=side * 0.75)
        places = (2 * torch.rand((points, 2), device=device) - 1) * reach
        near = torch.cdist(pixels @ shape.T, places @ shape.T).topk(2, largest=False)
        grid = (places / (side / 2)).flip(1).view(1, 1, points, 2)
        colours = F.grid_sample(picture[None], grid, padding_mode="reflection", align_corners=False)[0, :, 0]
        colours = colours + 0.3 * spread * (torch.rand((1, points), device=device) - 0.5)
        planes = colours[:, near.indices[:, 0]]
        isjoint = near.values[:, 1] - near.values[:, 0] < 4 * (joint - 0.5)
        result.append(torch.where(isjoint, dark * planes, planes).clamp(0, 1).view(3, side, side))
    return torch.stack(result)
