"""Makes the scaled-*.safetensors: training runs whose loss is of S times the logits, as PyTorch computes them in double
precision. Needs PyTorch and NumPy.

    python3 logit_scale.py
"""
import numpy as np
import torch
from torch import nn

from head_rate import NETWORK, layers, make_optimizer, single
from training import parameters, unpacked, write


def run(name, scale, rule, rate, momentum=0.0, beta2=0.0, decay=0.0, head_rate=None, batch=24, steps=8):
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
        dict(params=list(net[-1].parameters()), lr=single(head_rate or rate)),
    ]
    optimizer = make_optimizer(groups, rule, single(momentum), single(beta2), single(decay))
    losses = []
    for step in range(steps):
        part = slice(step * batch, (step + 1) * batch)
        loss = nn.functional.cross_entropy(scale * net(torch.tensor(images[part])), labels[part])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    tensors["losses"] = np.array(losses)
    tensors.update({"final." + k: v.astype(np.float64) for k, v in parameters(net).items()})
    metadata = dict(network=NETWORK, batch=batch, steps=steps, logit_scale=scale, learning_rate=rate, rule=rule)
    metadata.update(momentum=momentum, beta2=beta2, weight_decay=decay, head_rate=head_rate or rate)
    write(name, {k: str(v) for k, v in metadata.items()}, tensors)
    print(name, losses)


if __name__ == "__main__":
    run("scaled-sgd.safetensors", 0.25, "SGD", 0.1, decay=0.02)
    run("scaled-plain.safetensors", 3.0, "SGD", 0.02)
    run("scaled-momentum.safetensors", 0.125, "MOMENTUM", 0.1, momentum=0.9, decay=0.02)
    run("scaled-nesterov.safetensors", 4.0, "NESTEROV", 0.005, momentum=0.9, decay=0.02, head_rate=0.01)
    run("scaled-adam.safetensors", 0.5, "ADAM", 0.004, momentum=0.9, beta2=0.99, decay=0.02)
    run("scaled-adamw.safetensors", 2.0, "ADAMW", 0.004, momentum=0.9, beta2=0.99, decay=0.2, head_rate=0.008)
