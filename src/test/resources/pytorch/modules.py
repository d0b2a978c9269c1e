"""Makes the files beside it: state_dicts of PyTorch modules as safetensors files, and what the modules
make of four images. Needs PyTorch, torchvision and NumPy.

    python3 modules.py                    makes the files
    python3 modules.py --check MODEL      loads a model file of the same layers into PyTorch
"""
import json
import struct
import sys

import numpy as np
import torch
from torch import nn
from torchvision.models.resnet import BasicBlock

SIZES = {torch.float64: ("F64", 8), torch.int64: ("I64", 8), torch.float32: ("F32", 4),
         torch.float16: ("F16", 2), torch.bfloat16: ("BF16", 2)}
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def data(tensor):
    if tensor.dtype == torch.bfloat16:  # NumPy has no such type
        return tensor.contiguous().view(torch.int16).numpy().tobytes()
    return tensor.contiguous().numpy().tobytes()


def write(name, tensors, metadata=None):
    """As safetensors.torch.save_file: wide types first, then by name."""
    header, blobs, at = {}, [], 0
    if metadata:
        header["__metadata__"] = metadata
    for key, t in sorted(tensors.items(), key=lambda item: (-SIZES[item[1].dtype][1], item[0])):
        blob = data(t)
        header[key] = {"dtype": SIZES[t.dtype][0], "shape": list(t.shape),
                       "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(name, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def read(name):
    with open(name, "rb") as file:
        length = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(length))
        rest = file.read()
    header.pop("__metadata__", None)
    return {key: torch.tensor(np.frombuffer(rest[slice(*e["data_offsets"])], np.float32)
                              .reshape(e["shape"]).copy()) for key, e in header.items()}


def sequential():
    return nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(4, 5, 3), nn.LeakyReLU(0.1), nn.Dropout(0.3), nn.Flatten(), nn.Linear(20, 3))


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(y)) + x)


class Named(nn.Module):
    """A residual network as people write them: bn1 is sorted before conv1, layer10 before layer2."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.layer2 = nn.Sequential(Block(4))
        self.layer10 = nn.Sequential(Block(4))
        self.fc = nn.Linear(4, 3)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        return self.fc(self.layer10(self.layer2(x)).mean((2, 3)))


class Small(nn.Module):
    """A residual network of 20 layers with projections, of torchvision's blocks under its names."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = self.stage(16, 16)
        self.layer2 = self.stage(16, 32)
        self.layer3 = self.stage(32, 64)
        self.fc = nn.Linear(64, 3)

    @staticmethod
    def stage(before, channels):
        if before == channels:
            return nn.Sequential(*(BasicBlock(channels, channels) for _ in range(3)))
        projection = nn.Sequential(
            nn.Conv2d(before, channels, 1, stride=2, bias=False), nn.BatchNorm2d(channels))
        first = BasicBlock(before, channels, 2, projection)
        return nn.Sequential(first, BasicBlock(channels, channels), BasicBlock(channels, channels))

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(torch.relu(self.bn1(self.conv1(x))))))
        return self.fc(x.mean((2, 3)))


def settle(module):
    """Weights and running statistics that are not those of a new module."""
    for m in module.modules():
        if isinstance(m, nn.BatchNorm2d):
            nn.init.uniform_(m.weight, 0.5, 1.5)
            nn.init.uniform_(m.bias, -0.5, 0.5)
    module.train()
    for _ in range(5):
        module(torch.randn(16, 3, 8, 8))
    return module.eval()


def logits(module, pixels):
    mean, std = (torch.tensor(v, dtype=torch.float64).view(1, 3, 1, 1) for v in (MEAN, STD))
    with torch.no_grad():
        return module.double()((pixels.double() / 255 - mean) / std)


def make():
    torch.manual_seed(7)
    pixels = torch.randint(0, 256, (4, 3, 8, 8))
    expected = {"pixels": pixels.float()}
    for name, module, metadata in (
        ("sequential", settle(sequential()), {
            "format": "pt", "aparanet.version": "2", "aparanet.input": "3x8x8",
            "aparanet.pixel_scale": "1/255", "aparanet.mean": ",".join(map(str, MEAN)),
            "aparanet.std": ",".join(map(str, STD)),
            "aparanet.network": "conv 4 3 same nobias, batchnorm relu, pool 2, conv 5 3, leakyrelu 0.1,"
                                " dropout 0.3, dense 3"}),
        ("named", settle(Named()), None),
    ):
        for kind in (torch.float32, torch.float16, torch.bfloat16, torch.float64):
            state = {key: t.clone().to(kind) if t.is_floating_point() else t.clone()
                     for key, t in module.state_dict().items()}
            short = SIZES[kind][0].lower()
            write(f"{name}-{short}.safetensors", state, metadata if kind == torch.float32 else None)
            again = sequential() if name == "sequential" else Named()
            again.load_state_dict(state)
            expected[f"{name}-{short}"] = logits(again.eval(), pixels)
    small = settle(Small())
    state = {k: t.half() if t.is_floating_point() else t for k, t in small.state_dict().items()}
    write("resnet20-f16.safetensors", state)
    small.load_state_dict(state)
    expected["resnet20-f16"] = logits(small, pixels)
    write("expected.safetensors", {k: v.double() for k, v in expected.items()})


def check(name):
    result = sequential().load_state_dict(read(name), strict=False)
    print("missing:", *result.missing_keys)
    print("unexpected:", *result.unexpected_keys)
    missing = [key for key in result.missing_keys if not key.endswith(".num_batches_tracked")]
    if missing or result.unexpected_keys:
        sys.exit("PyTorch would not take all of " + name)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--check"]:
        check(sys.argv[2])
    else:
        make()
