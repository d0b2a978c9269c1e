"""Makes average.safetensors: a training run, and averages of its parameters and running statistics as PyTorch's
torch.optim.swa_utils.AveragedModel computes them in double precision. Needs PyTorch and NumPy.

    python3 average.py
"""
import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

from training import parameters, unpacked, write

NETWORK = "conv 4 5 stride 3 nobias, batchnorm relu, pool 2, dense 12 relu, dense 10"
IMAGES, BATCH, EPOCHS = 200, 24, 4  # 9 steps an epoch, the last one of 8 images
RATE, MOMENTUM, DECAY = 0.05, 0.9, 0.002
EMA = 0.9  # what a step leaves of the average


def single(value):
    """The number that a float32 holds, as it is what an engine is given."""
    return float(np.float32(value))


def layers():
    return nn.Sequential(
        nn.Conv2d(1, 4, 5, stride=3, bias=False),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(64, 12),
        nn.ReLU(),
        nn.Linear(12, 10),
    )


def exponential(every):
    """An exponential moving average, whose first states weigh more. The first one is copied before this is asked."""

    def average(old, new, states):
        decay = min(EMA**every, (1.0 + int(states)) / (10.0 + int(states)))
        return decay * old + (1 - decay) * new

    return average


def main():
    torch.manual_seed(4)
    net = layers()
    net.double()
    images = unpacked("mnist-first-1280-images.gz").reshape(-1, 1, 28, 28)[:IMAGES] / 255.0
    labels = torch.tensor(unpacked("mnist-first-1280-labels.gz").astype(np.int64))[:IMAGES]
    for value in net.state_dict().values():
        value.copy_(value.float())
    tensors = {"initial." + k: v.astype(np.float32) for k, v in parameters(net).items()}
    optimizer = torch.optim.SGD(
        net.parameters(), lr=single(RATE), momentum=single(MOMENTUM), weight_decay=single(DECAY), nesterov=True
    )
    a_epoch = -(-IMAGES // BATCH)
    steps = EPOCHS * a_epoch
    averages = {  # text: the average, and the steps behind which a state is added
        "ema 0.9 every 2": (AveragedModel(net, avg_fn=exponential(2), use_buffers=True), range(2, steps + 1, 2)),
        "ema 0.9": (AveragedModel(net, avg_fn=exponential(5), use_buffers=True), range(5, steps + 1, 5)),
        "swa 2epochs": (AveragedModel(net, use_buffers=True), [3 * a_epoch, 4 * a_epoch]),
        "swa 0.75": (AveragedModel(net, use_buffers=True), [2 * a_epoch, 3 * a_epoch, 4 * a_epoch]),
        "swa 0.5 every 4": (AveragedModel(net, use_buffers=True), [20, 24, 28, 32, 36]),
    }
    losses = []
    step = 0
    for _ in range(EPOCHS):
        for start in range(0, IMAGES, BATCH):
            part = slice(start, start + BATCH)
            loss = nn.functional.cross_entropy(net(torch.tensor(images[part])), labels[part])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            step += 1
            for average, when in averages.values():
                if step in when:
                    average.update_parameters(net)
    tensors["losses"] = np.array(losses)
    tensors.update({"final." + k: v.astype(np.float64) for k, v in parameters(net).items()})
    for text, (average, when) in averages.items():
        assert average.n_averaged == len(when)
        tensors.update({text + "." + k: v.astype(np.float64) for k, v in parameters(average.module).items()})
    metadata = dict(network=NETWORK, images=IMAGES, batch=BATCH, epochs=EPOCHS, learning_rate=RATE)
    metadata.update(rule="NESTEROV", momentum=MOMENTUM, weight_decay=DECAY)
    write("average.safetensors", {k: str(v) for k, v in metadata.items()}, tensors)
    print(losses)


if __name__ == "__main__":
    main()
