"""Universal style transfer as Pastiche's UniversalEngine does it, in PyTorch: the opponent of the bench command universal-speed,
which starts it, hands it the same weights and pictures, and compares the results.

The levels run one after the other. Each puts a mirrored margin around the picture, encodes it to relu{level}_1, gives the features
of the picture (margin included) the mean and covariance of the painting's (read without a margin), decodes, cuts the margin off
and clamps to 0..1. The picture's own statistics leave the margin out.

For every line on standard input, the name of a memory layout, it repaints the photograph once, writes the result as float32
[3, height, width] and answers with the milliseconds that this took, of the clock on the wall and of the processors. Before the
first it prints a line about itself.
"""

import argparse
import sys
import time

import torch
import torch.nn.functional as F

from vgg import LAYOUTS, Encoder, blas, read_safetensors

# What of a covariance is rounding: shares of the largest eigenvalue and of the squared mean. As in Pastiche.
SMALLEST_SHARE, SMALLEST_VARIANCE_SHARE = 1e-7, 1e-10


class Network(Encoder):
    """An encoder of VGG's shape and its decoders, in one memory layout."""

    def encode(self, picture, level):
        """[1, 3, h, w], 0..1 -> the features at relu{level}_1."""
        tap = f"relu{level}_1"
        return self.features(self.normalize(picture), [tap])[tap]

    def decode(self, features, level):
        """The features at relu{level}_1 -> [1, 3, h, w]."""
        for name in reversed(self.names[: self.names.index(f"conv{level}_1") + 1]):
            features = self.convolve(features, f"decoder{level}.{name}", "reflect")
            if name == self.names[0]:
                return features
            F.relu_(features)
            if name.endswith("_1"):
                features = F.interpolate(features, scale_factor=2, mode="nearest")


def statistics(features):
    """[1, c, h, w] -> mean [c] and covariance over h*w - 1 [c, c], float64."""
    pixels = features[0].permute(1, 2, 0).reshape(-1, features.shape[1])
    mean = pixels.mean(0)
    centred = pixels - mean
    return mean.double(), (centred.T @ centred).double() / (pixels.shape[0] - 1)


def root(mean, covariance, power):
    """The covariance to a power, zero in the directions in which nothing varies."""
    values, vectors = torch.linalg.eigh(covariance)
    floor = max(SMALLEST_SHARE * values.max().item(), SMALLEST_VARIANCE_SHARE * mean.dot(mean).item())
    powers = torch.where(values > floor, values.clamp(min=floor) ** power, torch.zeros_like(values))
    return (vectors * powers) @ vectors.T


def transform(content, style_mean, style_root, alpha):
    """Whitening and colouring at a strength, as matrix [c, c] and offset [c]."""
    mean, covariance = content
    matrix = style_root @ root(mean, covariance, -0.5)
    offset = style_mean - matrix @ mean
    return alpha * matrix + (1 - alpha) * torch.eye(len(mean), dtype=torch.float64), alpha * offset


def repaint(network, picture, styles, options):
    for level, margin in zip(options.levels, options.margins):
        features = network.encode(F.pad(picture, (margin,) * 4, mode="reflect"), level)
        inset = margin >> (level - 1)
        inside = features[:, :, inset : features.shape[2] - inset, inset : features.shape[3] - inset]
        matrix, offset = transform(statistics(inside), *styles[level], options.alpha)
        features = F.conv2d(features, matrix.float()[:, :, None, None], offset.float())
        painted = network.decode(features, level)
        height, width = painted.shape[2:]
        picture = painted[:, :, margin : height - margin, margin : width - margin].clamp(0, 1)
    return picture


def whole_numbers(text):
    return [int(number) for number in text.split(",")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("weights", help="safetensors with an encoder and its decoders")
    parser.add_argument("pictures", help="safetensors with content and style, [3, h, w], 0..1")
    parser.add_argument("result")
    parser.add_argument("--levels", type=whole_numbers, required=True)
    parser.add_argument("--margins", type=whole_numbers, required=True, help="pixels, one for each level")
    parser.add_argument("--alpha", type=float, required=True)
    parser.add_argument("--threads", type=int, required=True)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    tensors, metadata = read_safetensors(options.weights)
    pictures, _ = read_safetensors(options.pictures)
    content, style = (pictures[name][None] for name in ("content", "style"))
    with torch.inference_mode():
        networks = {name: Network(tensors, metadata, layout) for name, layout in LAYOUTS.items()}
        styles = {}
        for level in set(options.levels):
            mean, covariance = statistics(networks["contiguous"].encode(style, level))
            styles[level] = (mean, root(mean, covariance, 0.5))
        print(f"PyTorch {torch.__version__}, {blas()}, {torch.get_num_threads()} threads", flush=True)
        for line in sys.stdin:
            wall, processor = time.perf_counter(), time.process_time()
            result = repaint(networks[line.strip()], content, styles, options)
            wall, processor = time.perf_counter() - wall, time.process_time() - processor
            result[0].contiguous().numpy().astype("<f4").tofile(options.result)
            print(f"{1000 * wall:.3f} {1000 * processor:.3f}", flush=True)


if __name__ == "__main__":
    main()
