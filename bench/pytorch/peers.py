"""Two programs for style transfer by optimisation, in PyTorch, as their papers and documented defaults describe them: the opponents
of the bench command peers, which starts this, hands it weights and pictures, and reads lines of key=value.

neural-style-pt: Gatys, Ecker and Bethge (arXiv 1508.06576). Gram matrices at relu1_1 .. relu5_1 (weight 100), content at relu4_2
(5), total variation (0.001), 1000 iterations of L-BFGS with 100 pairs from noise, in the units of Caffe's input, padding with zeros.

style-transfer-pytorch: the Wasserstein distance of means and covariances at the same layers, content at relu4_2 with gradients
scaled to one (0.015), total variation (2), Adam with steps of 0.02 from the photograph, coarse to fine from 128 pixels by factors of
sqrt 2, 1000 iterations at the first size and 500 at each other, Adam's state enlarged with the picture, a running mean of the
iterates (0.99) as the result. Layers weigh 256, 64, 16, 4, 1, divided by their sum.

With --device cuda the same runs on a GPU, in float32 as well (no TF32).
"""

import argparse
import math
import time

import torch
import torch.nn.functional as F

from vgg import LAYOUTS, Encoder, blas, read_safetensors

STYLE_TAPS = ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"]
CONTENT_TAP = "relu4_2"
TAPS = STYLE_TAPS + [CONTENT_TAP]


def say(**values):
    print(" ".join(f"{key}={value}" for key, value in values.items()), flush=True)


class Clock:
    """Time on the wall and of the processors, of one size."""

    def __init__(self):
        self.restart()

    def restart(self):
        self.wall, self.processor = time.perf_counter(), time.process_time()

    def tell(self, size, iterations):
        wall, processor = time.perf_counter() - self.wall, time.process_time() - self.processor
        say(size=size, iterations=iterations, wall=f"{wall:.3f}", processor=f"{processor:.3f}")


class OutOfTime(Exception):
    """The time for the whole run is over."""


class Trace:
    """Evaluates objectives with their gradients, keeps their values with times, and ends a run that takes too long."""

    def __init__(self, limit):
        self.start, self.limit, self.lines = time.perf_counter(), limit, ["seconds,size,evaluation,objective"]
        self.last = math.nan

    def evaluate(self, objective, variable):
        variable.grad = None
        loss = objective(variable)
        loss.backward()
        seconds, self.last = time.perf_counter() - self.start, loss.item()
        self.lines.append(f"{seconds:.3f},{max(variable.shape)},{len(self.lines)},{self.last:.8g}")
        if seconds > self.limit:
            raise OutOfTime
        return loss

    def write(self, path):
        with open(path, "w") as file:
            file.write("\n".join(self.lines) + "\n")


def fastest_layout(tensors, metadata, planes):
    """The memory layout in which a pass forward and backward takes least, of two tries each."""
    times = {}
    for name, layout in LAYOUTS.items():
        encoder = Encoder(tensors, metadata, layout)
        for _ in range(2):
            variable = planes.clone().requires_grad_()
            start = time.perf_counter()
            sum(features.mean() for features in encoder.features(variable, TAPS).values()).backward()
            times[name] = time.perf_counter() - start
    return min(times, key=times.get)


class NeuralStyle:
    ITERATIONS, PAIRS = 1000, 100
    STYLE_WEIGHT, CONTENT_WEIGHT, VARIATION_WEIGHT = 1e2, 5.0, 1e-3

    def __init__(self, encoder, content, style):
        self.encoder = encoder
        with torch.no_grad():
            self.grams = {tap: self.gram(f) for tap, f in encoder.features(encoder.normalize(style), STYLE_TAPS).items()}
            self.content = encoder.features(encoder.normalize(content), [CONTENT_TAP])[CONTENT_TAP]
        self.terms = {}

    @staticmethod
    def gram(features):
        flat = features.flatten(2)[0]
        return flat @ flat.T / features.numel()

    def objective(self, planes):
        features = self.encoder.features(planes, TAPS)
        style = sum(F.mse_loss(self.gram(features[tap]), self.grams[tap]) for tap in STYLE_TAPS)
        content = F.mse_loss(features[CONTENT_TAP], self.content)
        variation = planes.diff(dim=2).abs().sum() + planes.diff(dim=3).abs().sum()
        self.terms = dict(style=style.item(), content=content.item(), variation=variation.item())
        return self.STYLE_WEIGHT * style + self.CONTENT_WEIGHT * content + self.VARIATION_WEIGHT * variation

    def run(self, shape, options, trace):
        iterations = max(1, round(self.ITERATIONS * options.share))
        torch.manual_seed(options.seed)
        planes = (torch.randn(shape) * 1e-3).to(options.device).requires_grad_()
        optimizer = torch.optim.LBFGS(
            [planes], lr=1, max_iter=iterations, max_eval=2 * iterations, history_size=self.PAIRS,
            tolerance_change=-1, tolerance_grad=-1)
        clock = Clock()
        try:
            optimizer.step(lambda: trace.evaluate(self.objective, planes))
        except OutOfTime:
            iterations = optimizer.state[planes]["n_iter"]
        clock.tell(max(shape), iterations)
        return self.to_picture(planes.detach())

    def to_picture(self, planes):
        mean = torch.tensor(self.encoder.input["mean"], device=planes.device).view(1, 3, 1, 1)
        return ((planes.flip(1) + mean) / self.encoder.input["range"]).clamp(0, 1)

    def judge(self, picture):
        with torch.no_grad():
            value = self.objective(self.encoder.normalize(picture)).item()
        say(total=value, **self.terms)


def square_root(matrix, steps=12):
    """The root of a symmetric positive matrix by coupled Newton-Schulz steps."""
    norm, identity = matrix.norm(), torch.eye(len(matrix), device=matrix.device)
    root, inverse = matrix / norm, identity
    for _ in range(steps):
        step = (3 * identity - inverse @ root) / 2
        root, inverse = root @ step, step @ inverse
    return root * norm.sqrt()


class SquareRoot(torch.autograd.Function):
    """The same, with a gradient: the solution X of Lyapunov's equation R X + X R = G for the root R, by steps of the same kind."""

    @staticmethod
    def forward(context, matrix):
        root = square_root(matrix)
        context.save_for_backward(root)
        return root

    @staticmethod
    def backward(context, gradient):
        (root,) = context.saved_tensors
        norm, identity = root.norm(), torch.eye(len(root), device=root.device)
        a, q = root / norm, gradient / norm
        for _ in range(12):
            step = 3 * identity - a @ a
            q, a = (q @ step - a @ (a @ q - q @ a)) / 2, a @ step / 2
        return q / 2


class Wasserstein:
    """The squared distance between two normal distributions, per channel."""

    NOISE = 1e-4

    def __init__(self, features):
        self.mean, self.covariance = self.moments(features)
        self.root = square_root(self.covariance)

    @classmethod
    def moments(cls, features):
        flat = features.flatten(2)[0]
        mean = flat.mean(1)
        covariance = flat @ flat.T / flat.shape[1] - mean[:, None] * mean
        return mean, covariance + cls.NOISE * torch.eye(len(mean), device=mean.device)

    def __call__(self, features):
        mean, covariance = self.moments(features)
        middle = SquareRoot.apply(self.root @ covariance @ self.root)
        return F.mse_loss(mean, self.mean) + (self.covariance + covariance - 2 * middle).diagonal().mean()


def scaled_difference(features, target):
    """The squared difference, over the sum of absolute ones: its gradient is of the same size wherever it is."""
    difference = features - target
    return difference.square().sum() / (difference.abs().sum().detach() + 1e-8)


class StyleTransferPyTorch:
    FIRST_ITERATIONS, ITERATIONS, SMALLEST = 1000, 500, 128
    CONTENT_WEIGHT, VARIATION_WEIGHT, STEP, DECAY = 0.015, 2.0, 0.02, 0.99
    LAYER_WEIGHTS = dict(zip(STYLE_TAPS, (256 / 341, 64 / 341, 16 / 341, 4 / 341, 1 / 341)))

    def __init__(self, encoder, content, style):
        self.encoder, self.content_picture, self.style_picture = encoder, content, style

    def read(self, size):
        """The targets at a size; gives the photograph there."""
        content, style = (self.resize(picture, size) for picture in (self.content_picture, self.style_picture))
        with torch.no_grad():
            features = self.encoder.features(self.encoder.normalize(style), STYLE_TAPS)
            self.styles = {tap: Wasserstein(features[tap]) for tap in STYLE_TAPS}
            self.content = self.encoder.features(self.encoder.normalize(content), [CONTENT_TAP])[CONTENT_TAP]
        return content

    def objective(self, picture):
        features = self.encoder.features(self.encoder.normalize(picture), TAPS)
        style = sum(weight * self.styles[tap](features[tap]) for tap, weight in self.LAYER_WEIGHTS.items())
        content = scaled_difference(features[CONTENT_TAP], self.content)
        right, down = picture.diff(dim=3)[:, :, :-1], picture.diff(dim=2)[:, :, :, :-1]
        variation = (right.square() + down.square()).mean() / 3
        return style + self.CONTENT_WEIGHT * content + self.VARIATION_WEIGHT * variation

    def run(self, shape, options, trace):
        last = max(shape)
        sizes = [round(last / 2 ** (k / 2)) for k in range(64) if last / 2 ** (k / 2) >= min(self.SMALLEST, last) - 0.5][::-1]
        clock, picture, mean, squares, steps, is_late = Clock(), None, None, None, 0, False
        for number, size in enumerate(sizes):
            content = self.read(size)
            previous = picture
            picture = content.clone() if previous is None else self.resize_to(previous, content.shape).clamp(0, 1)
            variable = picture.clone().requires_grad_()
            optimizer = torch.optim.Adam([variable], lr=self.STEP)
            if previous is not None:
                state = dict(step=torch.tensor(float(steps)),
                             exp_avg=self.resize_to(mean, content.shape),
                             exp_avg_sq=self.resize_to(squares, content.shape).relu())
                optimizer.state[variable] = state
            average, weight = torch.zeros_like(picture), 0.0
            iterations = max(1, round((self.FIRST_ITERATIONS if number == 0 else self.ITERATIONS) * options.share))
            clock.restart()
            try:
                for iteration in range(iterations):
                    trace.evaluate(self.objective, variable)
                    optimizer.step()
                    with torch.no_grad():
                        variable.clamp_(0, 1)
                        average.mul_(self.DECAY).add_(variable, alpha=1 - self.DECAY)
                        weight = weight * self.DECAY + 1 - self.DECAY
            except OutOfTime:
                iterations, is_late = iteration, True
            clock.tell(size, iterations)
            if weight > 0:
                picture = (average / weight).detach()
            if is_late:
                self.read(last)
                return self.resize_to(picture, shape).clamp(0, 1)
            state = optimizer.state[variable]
            mean, squares, steps = state["exp_avg"], state["exp_avg_sq"], steps + iterations
        return picture.clamp(0, 1)

    def judge(self, picture):
        with torch.no_grad():
            say(total=self.objective(picture).item())

    @staticmethod
    def resize_to(planes, shape):
        return F.interpolate(planes, shape[2:], mode="bicubic", align_corners=False)

    @classmethod
    def resize(cls, picture, size):
        """The long side as given."""
        height, width = picture.shape[2:]
        factor = size / max(height, width)
        if factor == 1:
            return picture
        shape = (max(1, round(height * factor)), max(1, round(width * factor)))
        return F.interpolate(picture, shape, mode="bicubic", align_corners=False, antialias=factor < 1).clamp(0, 1)


PEERS = {"neural-style-pt": NeuralStyle, "style-transfer-pytorch": StyleTransferPyTorch}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("weights", help="safetensors with an encoder")
    parser.add_argument("pictures", help="safetensors with content and style, [3, h, w], 0..1")
    parser.add_argument("result", help="receives float32 [3, h, w]")
    parser.add_argument("--share", type=float, required=True, help="of the documented iterations, 0 to 1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--trace", help="receives the objective at each evaluation, as CSV")
    parser.add_argument("--limit", type=float, default=math.inf, help="seconds after which the picture that is reached is the result")
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    weights, metadata = read_safetensors(options.weights)
    tensors = {name: tensor.to(options.device) for name, tensor in weights.items()}
    pictures, _ = read_safetensors(options.pictures)
    content, style = (pictures[name][None].to(options.device) for name in ("content", "style"))
    first_padding = "replicate" if options.peer == "style-transfer-pytorch" else None
    layout = fastest_layout(tensors, metadata, content)
    say(torch=torch.__version__, blas=blas(), threads=torch.get_num_threads(), layout=layout, device=options.device)
    trace = Trace(options.limit)
    peer = PEERS[options.peer](Encoder(tensors, metadata, LAYOUTS[layout], first_padding), content, style)
    picture = peer.run(content.shape, options, trace)
    picture[0].contiguous().cpu().numpy().astype("<f4").tofile(options.result)
    if options.trace:
        trace.write(options.trace)
    say(reached=trace.last)
    peer.judge(picture)


if __name__ == "__main__":
    main()
