"""Teacher and student in PyTorch: chains of VGG's shape, padded by reflection, in the channels-last layout."""

import functools
import json
import pathlib
import struct
import sys

import numpy
import torch
import torch.nn.functional as F

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "bench" / "pytorch"))
from vgg import INPUTS, read_safetensors  # noqa: E402

ENCODER = [f"conv{block}_{i}" for block, count in zip((1, 2, 3, 4, 5), (2, 2, 4, 4, 1)) for i in range(1, count + 1)]
LEVELS = (1, 2, 3, 4, 5)
READ = ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu4_2", "relu5_1")     # taps that are read out while training
STYLE = tuple(tap for tap in READ if tap != "relu4_2")
CONTENT = "relu4_2"
SMALLEST_SHARE = 0.1        # of the mean over channels; as in Pastiche's CommonScale


def tap_of(convolution):
    return convolution.replace("conv", "relu")


class Reflection(torch.autograd.Function):
    """A border of one mirrored pixel. PyTorch's own leaves the channels-last layout, which costs more than the convolution."""

    @staticmethod
    def forward(context, planes):
        n, c, h, w = planes.shape
        padded = torch.empty((n, c, h + 2, w + 2), dtype=planes.dtype, device=planes.device, memory_format=torch.channels_last)
        padded[:, :, 1:-1, 1:-1] = planes
        padded[:, :, 0, 1:-1] = planes[:, :, 1]
        padded[:, :, -1, 1:-1] = planes[:, :, -2]
        padded[:, :, :, 0] = padded[:, :, :, 2]
        padded[:, :, :, -1] = padded[:, :, :, -3]
        return padded

    @staticmethod
    def backward(context, gradient):
        gradient[:, :, :, 2] += gradient[:, :, :, 0]
        gradient[:, :, :, -3] += gradient[:, :, :, -1]
        gradient[:, :, 2] += gradient[:, :, 0]
        gradient[:, :, -3] += gradient[:, :, -1]
        return gradient[:, :, 1:-1, 1:-1]


def convolve(planes, weight, bias):
    dtype = planes.dtype
    return F.conv2d(Reflection.apply(planes), weight.to(dtype), bias.to(dtype))


@functools.lru_cache(maxsize=None)
def constant(values, device):
    """Made once: while kernels are recorded nothing may come from outside."""
    return torch.tensor(values, device=device)


class Encoder:
    """Picture [n, 3, h, w], RGB, 0..1 -> features after each ReLU."""

    def __init__(self, tensors, convention, dtype):
        self.tensors, self.dtype = tensors, dtype
        some = tensors["conv1_1.weight"]
        self.mean, self.deviation = (constant(convention[key], some.device).view(1, 3, 1, 1) for key in ("mean", "deviation"))
        self.range, self.bgr = convention["range"], convention["bgr"]

    def __call__(self, picture, wanted):
        """The features at `wanted`, by name; what is deeper is not computed. The first convolution is always exact to float32."""
        planes = (picture * self.range - self.mean) / self.deviation
        planes = (planes.flip(1) if self.bgr else planes).contiguous(memory_format=torch.channels_last)
        taps = {}
        for name in ENCODER:
            if name.endswith("_1") and name != "conv1_1":
                planes = F.max_pool2d(planes, 2)
            planes = F.relu_(convolve(planes, self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"]))
            tap = tap_of(name)
            if tap in wanted:
                taps[tap] = planes
                if len(taps) == len(wanted):
                    return taps
            planes = planes.to(self.dtype)
        raise ValueError(f"unknown taps among {wanted}")


def decode(tensors, level, features, dtype):
    """Features at relu{level}_1 -> picture [n, 3, h, w], not clamped. Level 1 is exact to float32: it loses less than bfloat16 does."""
    planes = features.to(torch.float32 if level == 1 else dtype)
    for name in reversed(ENCODER[: ENCODER.index(f"conv{level}_1") + 1]):
        planes = convolve(planes, tensors[f"decoder{level}.{name}.weight"], tensors[f"decoder{level}.{name}.bias"])
        if name == "conv1_1":
            return planes.float()
        planes = F.relu_(planes)
        if name.endswith("_1"):
            planes = F.interpolate(planes, scale_factor=2, mode="nearest")


def read_teacher(path, activations, device, dtype):
    """VGG-19 at the common scale: each channel's mean activation over photographs is 1."""
    tensors, _ = read_safetensors(path)
    means = torch.from_numpy(numpy.fromfile(activations, "<f4"))
    before = None
    for name in ENCODER:
        weight, bias = tensors[f"{name}.weight"], tensors[f"{name}.bias"]
        mean, means = means[: len(bias)], means[len(bias):]
        scale = torch.maximum(mean, mean.mean() * SMALLEST_SHARE)
        weight = weight / scale.view(-1, 1, 1, 1)
        if before is not None:
            weight = weight * before.view(1, -1, 1, 1)
        before = scale
        kept = torch.float32 if name == "conv1_1" else dtype
        tensors[f"{name}.weight"] = weight.to(device, kept).contiguous(memory_format=torch.channels_last)
        tensors[f"{name}.bias"] = (bias / scale).to(device, kept)
    return Encoder(tensors, INPUTS["caffe"], dtype)


class Parameters:
    """
    All numbers that learn, in one vector; tensors by name are views of it, kernels in the channels-last layout. So optimizer and
    averaging are a handful of operations, whatever the number of layers.
    """

    def __init__(self, tensors, device):
        self.shapes = {name: tuple(value.shape) for name, value in tensors.items()}
        self.flat = torch.cat([self._flatten(value.to(device, torch.float32)) for value in tensors.values()])

    def views(self, flat=None, learns=lambda name: False):
        """The tensors by name, as views of `flat` or of the vector that learns."""
        flat = self.flat if flat is None else flat
        result, start = {}, 0
        for name, shape in self.shapes.items():
            length = int(numpy.prod(shape))
            part = flat[start: start + length]
            start += length
            if len(shape) == 4:
                part = part.view(shape[0], *shape[2:], shape[1]).permute(0, 3, 1, 2)
            else:
                part = part.view(shape)
            result[name] = part.requires_grad_() if learns(name) else part
        return result

    def gradient(self, tensors, gradients):
        """One vector of the gradients of those views that learn, zero for the others."""
        gradients = dict(gradients)
        return torch.cat([
            self._flatten(gradients[name]) if name in gradients else tensors[name].new_zeros(tensors[name].numel()) for name in self.shapes
        ])

    @staticmethod
    def _flatten(value):
        return (value.permute(0, 2, 3, 1) if value.dim() == 4 else value).reshape(-1)


def write_safetensors(path, tensors, metadata):
    """Kernels and biases as float16, all that is measured (metrics, mean activations) as float32."""
    header, parts, end = {"__metadata__": metadata}, [], 0
    for name, value in tensors.items():
        half = name.endswith((".weight", ".bias"))
        data = numpy.ascontiguousarray(value.detach().cpu().float().numpy().astype("<f2" if half else "<f4")).tobytes()
        header[name] = {"dtype": "F16" if half else "F32", "shape": list(value.shape), "data_offsets": [end, end + len(data)]}
        parts.append(data)
        end += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for part in parts:
            file.write(part)
