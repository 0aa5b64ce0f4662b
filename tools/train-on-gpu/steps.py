"""How a step is taken: recorded kernels, and Adam over one vector."""

import math

import torch

AVERAGING = 0.998


class Replayed:
    """A step without Python's overhead: recorded once as a graph of kernels where there is an accelerator."""

    def __init__(self, step, device):
        self.run = step
        if device.type != "cuda":
            return
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(3):
                step()
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        try:
            with torch.cuda.graph(graph):
                step()
        except RuntimeError as problem:
            print(f"not recorded, slower: {problem}", flush=True)
        else:
            self.run = graph.replay


class Adam:
    """Adam (Kingma and Ba, arXiv 1412.6980) of one vector, and the exponential mean of what it reaches."""

    MEAN, SQUARE, EPSILON, LARGEST = 0.9, 0.99, 1e-8, 20.0

    def __init__(self, flat):
        self.flat, self.averaged = flat, flat.clone()
        self.mean, self.square = torch.zeros_like(flat), torch.zeros_like(flat)
        self.rate = torch.zeros((), device=flat.device)
        self.steps = 0

    def restart(self):
        self.flat.copy_(self.averaged)
        self.mean.zero_()
        self.square.zero_()
        self.rate.zero_()
        self.steps = 0

    def prepare(self, rate):
        """Called before every step, outside of the graph."""
        self.steps += 1
        self.rate.fill_(rate * math.sqrt(1 - self.SQUARE ** self.steps) / (1 - self.MEAN ** self.steps))

    def step(self, gradient):
        size = torch.linalg.vector_norm(gradient)
        gradient = torch.where(size.isfinite(), gradient * (self.LARGEST / size).clamp(max=1), torch.zeros_like(gradient))
        self.mean.lerp_(gradient, 1 - self.MEAN)
        self.square.lerp_(gradient.square(), 1 - self.SQUARE)
        self.flat.sub_(self.mean / (self.square.sqrt() + self.EPSILON) * self.rate)
        self.averaged.lerp_(self.flat, 1 - AVERAGING)
