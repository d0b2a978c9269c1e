"""Makes a folder with torchvision's resnet18 of random weights and statistics as a safetensors file, and
with what PyTorch makes of it in double precision: logits of ten images, and the losses of five steps of
SGD with the first four of them. The steps are short: so few images and so many layers make the loss steep,
and at ten times the rate PyTorch's own float32 and float64 part by 1e-3 of it in five steps.
TorchvisionCheck reads the folder. Needs PyTorch, torchvision and NumPy.

    python3 resnet18.py FOLDER
"""
import copy
import pathlib
import sys

import torch
import torchvision
from torch import nn

from modules import write

BATCH, STEPS, RATE = 4, 5, 0.0001


def settled():
    """A network whose normalisations are not those of a new one."""
    net = torchvision.models.resnet18()
    for m in net.modules():
        if isinstance(m, nn.BatchNorm2d):
            nn.init.uniform_(m.weight, 0.5, 1.5)
            nn.init.uniform_(m.bias, -0.3, 0.3)
            nn.init.normal_(m.running_mean, 0, 0.3)
            nn.init.uniform_(m.running_var, 0.5, 2)
    return net


def losses(net, images, labels):
    net.train()
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE)
    found = []
    for _ in range(STEPS):
        loss = nn.functional.cross_entropy(net(images[:BATCH]), labels[:BATCH])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        found.append(loss.item())
    return torch.tensor(found, dtype=torch.float64)


def main(folder):
    torch.manual_seed(11)
    net = settled()
    coarse = torch.rand(10, 3, 8, 8)
    pixels = (255 * nn.functional.interpolate(coarse, size=224, mode="bilinear")).round()
    labels = torch.randint(0, 100, (10,))
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "resnet18.safetensors", {k: t.clone() for k, t in net.state_dict().items()})
    images = pixels.double() / 255
    net.double().eval()
    with torch.no_grad():
        logits = net(images)
    single = losses(copy.deepcopy(net).float(), images.float(), labels)
    found = losses(net, images, labels)
    print("losses:", *(f"{loss:.6f}" for loss in found))
    print(f"those of float32 are off by {((single - found) / found).abs().max():.1e}")
    write(folder / "expected.safetensors", {
        "pixels": pixels.double(), "labels": labels.double(), "logits": logits, "losses": found,
        "rate": torch.tensor([RATE], dtype=torch.float64)})


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
