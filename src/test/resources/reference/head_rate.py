"""Makes the head-*.safetensors: training runs in which the last layer has a learning rate of its own, as
PyTorch's parameter groups compute them in double precision. Needs PyTorch and NumPy.

    python3 head_rate.py
"""
import math

import numpy as np
import torch
from torch import nn

from training import parameters, unpacked, write


def single(value):
    """The number that a float32 holds, as it is what an engine is given."""
    return float(np.float32(value))


NETWORK = "conv 4 5 stride 3 relu, pool 2, dense 12 relu, dense 10"


def layers():
    return nn.Sequential(
        nn.Conv2d(1, 4, 5, stride=3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(64, 12),
        nn.ReLU(),
        nn.Linear(12, 10),
    )


def make_optimizer(groups, rule, momentum, beta2, decay):
    if rule in ("ADAM", "ADAMW"):
        kind = torch.optim.Adam if rule == "ADAM" else torch.optim.AdamW
        return kind(groups, betas=(momentum, beta2), eps=single(1e-8), weight_decay=decay)
    return torch.optim.SGD(groups, lr=1, momentum=momentum, weight_decay=decay, nesterov=rule == "NESTEROV")


def warmed_cosine(warmup, steps):
    """The schedule "warmup N, cosine"."""

    def factor(step):
        if step < warmup:
            return (step + 1) / warmup
        return (1 + math.cos(math.pi * (step - warmup) / (steps - warmup))) / 2

    return factor


def run(name, rule, rate, head_rate, momentum=0.0, beta2=0.0, decay=0.0, clip=0.0, warmup=0, batch=24, steps=8):
    torch.manual_seed(4)
    net = layers()
    net.double()
    images = unpacked("mnist-first-1280-images.gz").reshape(-1, 1, 28, 28) / 255.0
    labels = torch.tensor(unpacked("mnist-first-1280-labels.gz").astype(np.int64))
    for value in net.state_dict().values():
        value.copy_(value.float())
    tensors = {"initial." + k: v.astype(np.float32) for k, v in parameters(net).items()}
    groups = [
        dict(params=list(net[:-1].parameters()), lr=single(rate)),
        dict(params=list(net[-1].parameters()), lr=single(head_rate)),
    ]
    optimizer = make_optimizer(groups, rule, single(momentum), single(beta2), single(decay))
    factor = warmed_cosine(warmup, steps) if warmup else lambda step: 1.0
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)  # of both groups
    losses, rates, norms = [], [], []
    for step in range(steps):
        part = slice(step * batch, (step + 1) * batch)
        loss = nn.functional.cross_entropy(net(torch.tensor(images[part])), labels[part])
        optimizer.zero_grad()
        loss.backward()
        if clip > 0:
            norms.append(nn.utils.clip_grad_norm_(net.parameters(), single(clip)).item())
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
        losses.append(loss.item())
    tensors["losses"] = np.array(losses)
    tensors["rates"] = np.array(rates)
    tensors.update({"final." + k: v.astype(np.float64) for k, v in parameters(net).items()})
    metadata = dict(network=NETWORK, batch=batch, steps=steps, learning_rate=rate, head_rate=head_rate, rule=rule)
    metadata.update(momentum=momentum, beta2=beta2, weight_decay=decay, clip_norm=clip)
    metadata["schedule"] = "warmup %d, cosine" % warmup if warmup else "constant"
    write(name, {k: str(v) for k, v in metadata.items()}, tensors)
    print(name, losses, norms)


if __name__ == "__main__":
    run("head-sgd.safetensors", "SGD", 0.01, 0.04, batch=1, steps=40)
    run("head-few.safetensors", "SGD", 0.1, 0.03, batch=4, steps=30)
    run("head-momentum.safetensors", "MOMENTUM", 0.02, 0.1, momentum=0.9, decay=0.01)
    run("head-nesterov.safetensors", "NESTEROV", 0.05, 0.01, momentum=0.9, decay=0.002, clip=0.3)
    run("head-adam.safetensors", "ADAM", 0.002, 0.01, momentum=0.9, beta2=0.99, decay=0.01, warmup=3)
    run("head-adamw.safetensors", "ADAMW", 0.01, 0.004, momentum=0.9, beta2=0.99, decay=0.2, clip=0.4, warmup=2)
