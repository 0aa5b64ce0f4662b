"""VGG-shaped encoders in PyTorch, from the files that Pastiche's benchmarks write."""

import json
import re
import struct

import numpy
import torch
import torch.nn.functional as F

# How a plane value v (0..1) enters the network: (v * range - mean) / deviation, channels in RGB order, then BGR if so named.
INPUTS = {
    "caffe": dict(bgr=True, range=255.0, mean=(123.68, 116.779, 103.939), deviation=(1.0, 1.0, 1.0)),
    "torchvision": dict(bgr=False, range=1.0, mean=(0.485, 0.456, 0.406), deviation=(0.229, 0.224, 0.225)),
}
LAYOUTS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}


def read_safetensors(path):
    """The tensors of a file as float32, and its metadata."""
    types = {"F32": numpy.dtype("<f4"), "F16": numpy.dtype("<f2")}
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = numpy.frombuffer(data[begin:end], types[entry["dtype"]]).astype(numpy.float32)
        tensors[name] = torch.from_numpy(values.reshape(entry["shape"]))
    return tensors, metadata


class Encoder:
    """The convolutions, ReLUs and poolings of VGG, in one memory layout."""

    def __init__(self, tensors, metadata, layout, first_padding=None):
        self.layout = layout
        self.tensors = {
            name: value.to(memory_format=layout) if value.dim() == 4 else value for name, value in tensors.items()
        }
        self.names = sorted(
            match.group(1) for match in (re.fullmatch(r"(conv\d_\d)\.weight", name) for name in tensors) if match
        )
        self.input = INPUTS[metadata["pastiche.input"]]
        self.padding = "reflect" if metadata["padding"] == "reflection" else "constant"
        self.first_padding = first_padding or self.padding

    def normalize(self, picture):
        """[1, 3, h, w], RGB, 0..1 -> what the first convolution takes."""
        mean, deviation = (torch.tensor(self.input[key], device=picture.device).view(1, 3, 1, 1) for key in ("mean", "deviation"))
        planes = (picture * self.input["range"] - mean) / deviation
        return planes.flip(1) if self.input["bgr"] else planes

    def features(self, planes, wanted):
        """What `normalize` gives -> the features after the ReLUs, by name (relu3_1); stops after the last that is wanted."""
        taps = {}
        planes = planes.contiguous(memory_format=self.layout)
        for name in self.names:
            if name.endswith("_1") and name != self.names[0]:
                planes = F.max_pool2d(planes, 2)
            padding = self.first_padding if name == self.names[0] else self.padding
            planes = F.relu_(self.convolve(planes, name, padding))
            tap = name.replace("conv", "relu")
            if tap in wanted:
                taps[tap] = planes
                if len(taps) == len(wanted):
                    return taps
        raise ValueError(f"the network ends before {max(wanted)}")

    def convolve(self, planes, name, padding):
        weight, bias = self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"]
        if padding == "constant":
            return F.conv2d(planes, weight, bias, padding=1)
        return F.conv2d(F.pad(planes, (1, 1, 1, 1), mode=padding), weight, bias)


def blas():
    """The linear algebra library that is loaded."""
    with open("/proc/self/maps") as maps:
        names = {match.group(1) for match in re.finditer(r"/(lib\w*blas\w*|libmkl_rt)[^/\s]*\.so", maps.read())}
    return "+".join(sorted(names)) or "unknown BLAS"
