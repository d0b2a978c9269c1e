"""Makes residual, projection, dropout, pool and leaky.safetensors: training runs with layers, optimizers and
clipping as PyTorch computes them in double precision. Needs PyTorch and NumPy.

    python3 training.py
"""
import gzip
import json
import struct

import numpy as np
import torch
from torch import nn

BATCH, STEPS = 24, 8


def unpacked(name):
    with gzip.open(name) as file:
        return np.frombuffer(file.read(), dtype=np.uint8)


class Residual(nn.Module):
    """Adds its input to the output of its layers, which stay members of the network itself."""

    def __init__(self, *layers):
        super().__init__()
        self.layers = layers  # a tuple: not registered

    def forward(self, x):
        y = x
        for layer in self.layers:
            y = layer(y)
        return y + x


class HashedDropout(nn.Module):
    """Drops what aparanet drops: a hash of seed, step, layer and element decides."""

    def __init__(self, probability, layer):
        super().__init__()
        self.p, self.layer, self.step = probability, layer, 0

    def key(self, seed):
        m64 = (1 << 64) - 1
        mixed = (seed * 0x9E3779B97F4A7C15 + self.step) & m64
        mixed = ((mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93 + self.layer) & m64
        mixed = ((mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93) & m64
        return (mixed ^ (mixed >> 32)) & 0xFFFFFFFF

    def forward(self, x):
        if not self.training:
            return x
        with np.errstate(over="ignore"):
            h = np.arange(x.numel(), dtype=np.uint32) * np.uint32(0x9E3779B1)
            h = h ^ np.uint32(self.key(SEED))
            h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
            h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
            h = h ^ (h >> np.uint32(16))
        threshold = int(round(float(np.float32(self.p)) * 2.0**32)) - 2**31
        keep = h.view(np.int32).astype(np.int64) >= threshold
        mask = torch.tensor(keep.reshape(x.shape), dtype=x.dtype)
        return x * mask / (1 - float(np.float32(self.p)))


SEED = 5


def residual():
    text = (
        "conv 6 3 same nobias, batchnorm relu, pool 2, [conv 6 3 same nobias, batchnorm relu,"
        " conv 6 3 same nobias, batchnorm] relu, conv 9 3 stride 2 pad 1, avgpool 3 stride 2 relu,"
        " batchnorm, globalpool, dense 10"
    )
    branch = [
        nn.Conv2d(6, 6, 3, padding=1, bias=False),
        nn.BatchNorm2d(6),
        nn.ReLU(),
        nn.Conv2d(6, 6, 3, padding=1, bias=False),
        nn.BatchNorm2d(6),
    ]
    layers = [nn.Conv2d(1, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2)]
    layers += branch + [Residual(*branch), nn.ReLU()]
    layers += [nn.Conv2d(6, 9, 3, stride=2, padding=1), nn.AvgPool2d(3, 2), nn.ReLU()]
    layers += [nn.BatchNorm2d(9), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(9, 10)]
    net = nn.ModuleList(layers)

    def forward(x):
        i = 0
        while i < len(layers):
            if layers[i] is branch[0]:
                x = layers[i + len(branch)](x)  # the sum runs its branch
                i += len(branch) + 1
            else:
                x = layers[i](x)
                i += 1
        return x

    optimizer = dict(rule="NESTEROV", momentum=0.9, beta2=0, weight_decay=0.001, clip_norm=1.0)
    return text, net, forward, optimizer, 0.05


class Projection(nn.Module):
    """Adds what two rows of layers make of its input; the layers stay members of the network itself."""

    def __init__(self, main, around):
        super().__init__()
        self.main, self.around = tuple(main), tuple(around)  # not registered

    def forward(self, x):
        y, z = x, x
        for layer in self.main:
            y = layer(y)
        for layer in self.around:
            z = layer(z)
        return y + z


def projection():
    text = (
        "conv 6 5 stride 2 pad 2 nobias, batchnorm relu, pool 3 stride 2 pad 1, [conv 6 3 same nobias,"
        " batchnorm relu, conv 6 3 same nobias, batchnorm] relu, [conv 9 3 stride 2 pad 1 nobias,"
        " batchnorm relu, conv 9 3 same nobias, batchnorm | conv 9 1 stride 2 nobias, batchnorm] relu,"
        " globalpool, dense 10"
    )
    block = [nn.Conv2d(6, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6), nn.ReLU()]
    block += [nn.Conv2d(6, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6)]
    main = [nn.Conv2d(6, 9, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(9), nn.ReLU()]
    main += [nn.Conv2d(9, 9, 3, padding=1, bias=False), nn.BatchNorm2d(9)]
    around = [nn.Conv2d(6, 9, 1, stride=2, bias=False), nn.BatchNorm2d(9)]
    layers = [nn.Conv2d(1, 6, 5, stride=2, padding=2, bias=False), nn.BatchNorm2d(6), nn.ReLU()]
    layers += [nn.MaxPool2d(3, 2, padding=1)] + block + [Residual(*block), nn.ReLU()]
    # an identity stands for the place of "|"
    layers += main + [nn.Identity()] + around + [Projection(main, around), nn.ReLU()]
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(9, 10)]
    net = nn.ModuleList(layers)
    inner = block + main + around

    def forward(x):
        for layer in layers:
            if layer not in inner:  # the sums run their branches
                x = layer(x)
        return x

    optimizer = dict(rule="NESTEROV", momentum=0.9, beta2=0, weight_decay=0.001, clip_norm=0)
    return text, net, forward, optimizer, 0.05


def dropout():
    text = (
        "conv 5 3 relu, dropout 0.2, pool 2, conv 7 3 nobias, batchnorm relu, avgpool 2, dense 20 relu,"
        " dropout 0.5, dense 10"
    )
    layers = [nn.Conv2d(1, 5, 3), nn.ReLU(), HashedDropout(0.2, 2), nn.MaxPool2d(2)]
    layers += [nn.Conv2d(5, 7, 3, bias=False), nn.BatchNorm2d(7), nn.ReLU(), nn.AvgPool2d(2), nn.Flatten()]
    layers += [nn.Linear(7 * 5 * 5, 20), nn.ReLU(), HashedDropout(0.5, 10), nn.Linear(20, 10)]
    net = nn.Sequential(*layers)
    optimizer = dict(rule="ADAMW", momentum=0.9, beta2=0.99, weight_decay=0.05, clip_norm=0)
    return text, net, net, optimizer, 0.002


def pool():
    text = (
        "conv 6 5 stride 2 pad 2, pool 3 stride 2 pad 1, conv 8 3 same relu, pool 2 pad 1, dense 10"
    )
    layers = [nn.Conv2d(1, 6, 5, stride=2, padding=2), nn.MaxPool2d(3, 2, padding=1)]
    layers += [nn.Conv2d(6, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2, padding=1), nn.Flatten()]
    layers += [nn.Linear(8 * 4 * 4, 10)]
    net = nn.Sequential(*layers)
    optimizer = dict(rule="NESTEROV", momentum=0.9, beta2=0, weight_decay=0, clip_norm=0)
    return text, net, net, optimizer, 0.02


def leaky():
    text = (
        "conv 6 3 stride 2, leakyrelu 0.1, pool 2, [conv 6 3 same, leakyrelu 0.01], conv 8 3,"
        " leakyrelu 0.2, dense 16, leakyrelu 0.3, dense 10"
    )
    branch = [nn.Conv2d(6, 6, 3, padding=1), nn.LeakyReLU(0.01)]
    layers = [nn.Conv2d(1, 6, 3, stride=2), nn.LeakyReLU(0.1), nn.MaxPool2d(2)] + branch
    layers += [Residual(*branch), nn.Conv2d(6, 8, 3), nn.LeakyReLU(0.2), nn.Flatten()]
    layers += [nn.Linear(8 * 4 * 4, 16), nn.LeakyReLU(0.3), nn.Linear(16, 10)]
    net = nn.ModuleList(layers)

    def forward(x):
        for layer in layers:
            if layer not in branch:  # the sum runs its branch
                x = layer(x)
        return x

    optimizer = dict(rule="ADAMW", momentum=0.9, beta2=0.99, weight_decay=0.01, clip_norm=0)
    return text, net, forward, optimizer, 0.002


def make_optimizer(net, o, rate):
    if o["rule"] == "ADAMW":
        betas = (o["momentum"], o["beta2"])
        return torch.optim.AdamW(
            net.parameters(), lr=rate, betas=betas, weight_decay=o["weight_decay"]
        )
    return torch.optim.SGD(
        net.parameters(),
        lr=rate,
        momentum=o["momentum"],
        weight_decay=o["weight_decay"],
        nesterov=True,
    )


def write(name, metadata, tensors):
    header, at, blobs = {"__metadata__": metadata}, 0, []
    for key, value in tensors.items():
        data = np.ascontiguousarray(value).tobytes()
        kind = "F64" if value.dtype == np.float64 else "F32"
        header[key] = {"dtype": kind, "shape": list(value.shape), "data_offsets": [at, at + len(data)]}
        at += len(data)
        blobs.append(data)
    text = json.dumps(header).encode()
    with open(name, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def parameters(net):
    return {
        k: v.detach().numpy() for k, v in net.state_dict().items() if not k.endswith("batches_tracked")
    }


def run(name, make):
    torch.manual_seed(3)
    torch.set_default_dtype(torch.float32)
    text, net, forward, o, rate = make()
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):  # so that every parameter counts
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.3, 0.3)
    net.double()
    images = unpacked("mnist-first-1280-images.gz").reshape(-1, 1, 28, 28) / 255.0
    labels = torch.tensor(unpacked("mnist-first-1280-labels.gz").astype(np.int64))
    tensors = {"initial." + k: v.astype(np.float32) for k, v in parameters(net).items()}
    optimizer, losses = make_optimizer(net, o, rate), []
    for step in range(STEPS):
        for module in net.modules():
            if isinstance(module, HashedDropout):
                module.step = step
        part = slice(step * BATCH, (step + 1) * BATCH)
        logits = forward(torch.tensor(images[part]))
        loss = nn.functional.cross_entropy(logits, labels[part])
        optimizer.zero_grad()
        loss.backward()
        if step == 0:
            tensors["first.logits"] = logits.detach().numpy().copy()
            for key, value in net.named_parameters():
                tensors["first.gradient." + key] = value.grad.numpy().astype(np.float32)
        if o["clip_norm"] > 0:
            nn.utils.clip_grad_norm_(net.parameters(), o["clip_norm"])
        optimizer.step()
        losses.append(loss.item())
    tensors["losses"] = np.array(losses)
    tensors.update({"final." + k: v.astype(np.float32) for k, v in parameters(net).items()})
    net.eval()
    with torch.no_grad():
        inferred = forward(torch.tensor(images[:BATCH])).numpy().copy()
    tensors["inferred.logits"] = inferred
    metadata = dict(network=text, batch=BATCH, steps=STEPS, learning_rate=rate, seed=SEED, **o)
    write(name, {k: str(v) for k, v in metadata.items()}, tensors)
    print(name, losses)


if __name__ == "__main__":
    run("residual.safetensors", residual)
    run("projection.safetensors", projection)
    run("dropout.safetensors", dropout)
    run("pool.safetensors", pool)
    run("leaky.safetensors", leaky)
