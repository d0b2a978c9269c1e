"""Makes the cifar-*.safetensors: the recipes of CIFAR-10 on images and from parameters that formulas give, as PyTorch
trains them in double precision. Needs PyTorch and NumPy.

    python3 cifar.py
"""
import numpy as np
import torch
from torch import nn

from head_rate import single
from training import Projection, Residual, parameters, write

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MEAN, STD = (0.5, 0.45, 0.4), (0.25, 0.2, 0.3)
SAMPLES = 128
BATCH = 8

BEST = (
    "conv 64 3 same nobias, batchnorm relu, conv 128 3 same nobias, pool 2, batchnorm relu, conv 128 3 same nobias,"
    " batchnorm relu, conv 128 3 same nobias, batchnorm relu, conv 256 3 same nobias, pool 2, batchnorm relu,"
    " conv 512 3 same nobias, pool 2, batchnorm relu, conv 512 3 same nobias, batchnorm relu, conv 512 3 same nobias,"
    " batchnorm relu, globalpool, dense 10"
)


def block(channels):
    return "[conv {0} 3 same nobias, batchnorm relu, conv {0} 3 same nobias, batchnorm] relu, ".format(channels)


def projection(channels):
    return (
        "[conv {0} 3 stride 2 pad 1 nobias, batchnorm relu, conv {0} 3 same nobias, batchnorm"
        " | conv {0} 1 stride 2 nobias, batchnorm] relu, "
    ).format(channels)


SMALL = (
    "conv 16 3 same nobias, batchnorm relu, "
    + 3 * block(16)
    + projection(32)
    + 2 * block(32)
    + projection(64)
    + 2 * block(64)
    + "globalpool, dense 10"
)


def narrow(text, by):
    """The network with fewer channels."""
    words = text.split()
    for i in range(1, len(words)):
        if words[i - 1].endswith("conv"):
            words[i] = str(int(words[i]) // by)
    return " ".join(words)


class Network(nn.Module):
    """The layers of a network's text, numbered as in aparanet."""

    def __init__(self, text, channels=3, sides=(32, 32)):
        super().__init__()
        self.layers, inner, opened = [], set(), []  # a list: not registered
        shape = (channels,) + sides
        words = text.replace(",", " , ").replace("[", " [ ").replace("]", " ] ").replace("|", " | ").split()
        words.append(",")
        i = 0
        while i < len(words):
            word, options = words[i], {}
            i += 1
            if word == ",":
                continue
            if word == "[":
                opened.append([len(self.layers), shape, None, None])
                continue
            if word == "|":
                opened[-1][2], opened[-1][3] = len(self.layers), shape
                shape = opened[-1][1]
                self.layers.append(nn.Identity())
                continue
            if word == "]":
                start, before, bar, _ = opened.pop()
                inner.update(range(start, len(self.layers)))
                if bar is None:
                    branch = [self.layers[j] for j in self.outer(start, len(self.layers))]
                    self.layers.append(Residual(*branch))
                else:
                    main = [self.layers[j] for j in self.outer(start, bar)]
                    around = [self.layers[j] for j in self.outer(bar + 1, len(self.layers))]
                    self.layers.append(Projection(main, around))
                continue
            if word == "relu":
                self.layers.append(nn.ReLU())
                continue
            if word == "batchnorm":
                self.layers.append(nn.BatchNorm2d(shape[0]))
                continue
            if word == "globalpool":
                self.layers.append(nn.AdaptiveAvgPool2d(1))
                shape = (shape[0], 1, 1)
                continue
            numbers = []
            while words[i][0].isdigit() or words[i] in ("stride", "pad", "same", "nobias"):
                if words[i] in ("stride", "pad"):
                    options[words[i]] = int(words[i + 1])
                    i += 1
                elif words[i][0].isdigit():
                    numbers.append(int(words[i]))
                else:
                    options[words[i]] = True
                i += 1
            if word == "conv":
                filters, size = numbers
                pad = size // 2 if "same" in options else options.get("pad", 0)
                stride = options.get("stride", 1)
                bias = "nobias" not in options
                self.layers.append(nn.Conv2d(shape[0], filters, size, stride, pad, bias=bias))
                shape = (filters,) + tuple((s + 2 * pad - size) // stride + 1 for s in shape[1:])
            elif word in ("pool", "avgpool"):
                size, pad = numbers[0], options.get("pad", 0)
                stride = options.get("stride", size)
                kind = nn.MaxPool2d(size, stride, pad) if word == "pool" else nn.AvgPool2d(size, stride)
                self.layers.append(kind)
                shape = shape[:1] + tuple((s + 2 * pad - size) // stride + 1 for s in shape[1:])
            elif word == "dense":
                if not any(isinstance(layer, nn.Flatten) for layer in self.layers):
                    self.layers.append(nn.Flatten())
                self.layers.append(nn.Linear(int(np.prod(shape)), numbers[0]))
                shape = (numbers[0], 1, 1)
            else:
                raise ValueError(word)
        for j, layer in enumerate(self.layers):
            self.add_module(str(j), layer)
        self.path = [layer for j, layer in enumerate(self.layers) if j not in inner]

    def outer(self, start, end):
        """The layers of a branch that are in no inner branch."""
        inside = set()
        for layer in self.layers[start:end]:
            if isinstance(layer, Residual):
                inside.update(id(one) for one in layer.layers)
            if isinstance(layer, Projection):
                inside.update(id(one) for one in layer.main + layer.around)
        bars = [
            j - len(layer.around) - 1
            for j, layer in enumerate(self.layers)
            if isinstance(layer, Projection) and start <= j < end
        ]
        return [j for j in range(start, end) if id(self.layers[j]) not in inside and j not in bars]

    def forward(self, x):
        for layer in self.path:
            x = layer(x)
        return x


def mixed(numbers):
    """SplitMix64's mix of the numbers."""
    with np.errstate(over="ignore"):
        z = numbers.astype(np.uint64) * GOLDEN
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def drawn(draw, tensor, size):
    """Numbers from 0 to below 1 for the elements of a tensor, by its place among all."""
    z = mixed(np.arange(size, dtype=np.uint64) + np.uint64((1000 * draw + tensor + 1) << 32))
    return (z >> np.uint64(40)).astype(np.float64) / 2**24


def first(draw, name, value, tensor):
    """The values of a tensor before the first step, in single precision."""
    u = drawn(draw, tensor, value.size)
    if name.endswith("running_mean"):
        u = 0 * u
    elif name.endswith("running_var"):
        u = 0 * u + 1
    elif value.ndim > 1:
        u = (2 * u - 1) * np.sqrt(6.0 / (value.size // value.shape[0]))
    elif name.endswith("weight"):
        u = 0.5 + u
    else:
        u = (2 * u - 1) * 0.25
    return u.astype(np.float32).reshape(value.shape)


def label(image):
    return (3 * image + image // 10) % 10


def pixels(count):
    """Stripes, by the class, under noise."""
    noise = mixed(np.arange(count * 3072, dtype=np.uint64)) >> np.uint64(57)
    image, c, y, x = np.indices((count, 3, 32, 32))
    k = label(image)
    wave = ((k + 1) * x + (10 - k) * (c + 1) * y) & 63
    wave = np.where(wave < 32, wave, 63 - wave)
    return noise.astype(np.int64).reshape(wave.shape) + 4 * wave


def one_cycle(step, steps, share=0.3):
    up = max(1, int(share * steps + 0.5))
    return (step + 1) / up if step < up else (steps - step) / (steps - up + 1)


def sample(value):
    flat = value.reshape(-1)
    return np.ascontiguousarray(flat[:: max(1, flat.size // SAMPLES)])


def trained(draw, steps, text, rate, smoothing, dtype):
    torch.manual_seed(1)
    net = Network(text)
    names = [k for k in net.state_dict() if not k.endswith("batches_tracked")]
    # learned parameters first, as the engines lay them out
    names = [k for k in names if "running" not in k] + [k for k in names if "running" in k]
    for tensor, name in enumerate(names):
        value = net.state_dict()[name]
        value.copy_(torch.tensor(first(draw, name, value.numpy(), tensor)))
    net.to(dtype)
    mean = torch.tensor([single(m) for m in MEAN], dtype=dtype).reshape(1, 3, 1, 1)
    std = torch.tensor([single(s) for s in STD], dtype=dtype).reshape(1, 3, 1, 1)
    images = (torch.tensor(pixels(BATCH * steps)).to(dtype) / 255 - mean) / std
    labels = torch.tensor([label(i) for i in range(BATCH * steps)])
    optimizer = torch.optim.SGD(
        net.parameters(), lr=1, momentum=single(0.9), weight_decay=single(0.0005), nesterov=True
    )
    criterion = nn.CrossEntropyLoss(label_smoothing=single(smoothing))
    tensors, losses, start = {}, [], {k: sample(v.astype(np.float64)) for k, v in parameters(net).items()}
    for step in range(steps):
        part = slice(step * BATCH, (step + 1) * BATCH)
        logits = net(images[part])
        loss = criterion(logits, labels[part])
        optimizer.zero_grad()
        loss.backward()
        if step == 0:
            tensors["first.logits"] = logits.detach().numpy().astype(np.float64)
        for group in optimizer.param_groups:
            group["lr"] = single(single(rate) * one_cycle(step, steps))
        optimizer.step()
        losses.append(loss.item())
    tensors["losses"] = np.array(losses)
    final = parameters(net)
    tensors.update({"final." + k: sample(final[k].astype(np.float64)) for k in names})
    net.eval()
    with torch.no_grad():
        tensors["inferred.logits"] = net(images[:BATCH]).numpy().astype(np.float64)
    return tensors, start


def run(name, recipe, draw, steps, text, rate, smoothing):
    tensors, start = trained(draw, steps, text, rate, smoothing, torch.float64)
    metadata = dict(recipe=recipe, network=text, draw=draw, batch=BATCH, learning_rate=rate)
    write(name + ".safetensors", {k: str(v) for k, v in metadata.items()}, tensors)
    floats, _ = trained(draw, steps, text, rate, smoothing, torch.float32)
    off = np.abs(floats["losses"] / tensors["losses"] - 1)
    print(name, draw, "losses:", [round(l, 4) for l in tensors["losses"]])
    print("  off in single precision:", ["%.0e" % o for o in off])
    ways = [
        (np.linalg.norm(floats["final." + k] - tensors["final." + k]) / np.linalg.norm(tensors["final." + k] - v), k)
        for k, v in start.items()
    ]
    print("  ways: %.1e of %s" % max(ways))
    logits = [run["inferred.logits"] for run in (floats, tensors)]
    print("  inferred logits: %.1e" % (np.linalg.norm(logits[0] - logits[1]) / np.linalg.norm(logits[1])))


if __name__ == "__main__":
    # a hundredth of the recipes' rates, for batches of 8 instead of 128
    run("cifar-small-narrow", "CIFAR_SMALL", 0, 20, narrow(SMALL, 4), 0.001, 0)
    run("cifar-best-narrow", "CIFAR_BEST", 2, 20, narrow(BEST, 8), 0.0015, 0.2)
    run("cifar-small", "CIFAR_SMALL", 0, 6, SMALL, 0.001, 0)
    run("cifar-best", "CIFAR_BEST", 0, 6, BEST, 0.0015, 0.2)
