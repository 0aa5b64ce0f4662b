"""Pictures that the student repaints while it learns."""

import random

import torch

from losses import PaintLoss
from photos import tiled


class Easel:
    """Pictures that are being repainted by the student: groups take turns, one step of Adam each, and begin anew after a while."""

    MEAN, SQUARE = 0.9, 0.99

    def __init__(self, photos, size, groups, side):
        self.photos, self.size, self.side = photos, size, side
        shape = (size * groups, 3, side, side)
        self.pictures, self.contents, self.styles, self.mean, self.square = (
            torch.zeros(shape, device=photos.device) for _ in range(5))
        # Content's weight, style's weight, step size, steps.
        self.settings = torch.zeros((size * groups, 4), device=photos.device)
        self.group = torch.arange(size, device=photos.device)
        self.lives = [0] * groups
        self.turn = 0
        for group in range(groups):
            self._begin(group)
            self.lives[group] = random.randrange(1, self.lives[group] + 1)

    def next_group(self):
        """Called before every step, outside of the graph."""
        self.turn = (self.turn + 1) % len(self.lives)
        self.lives[self.turn] -= 1
        if self.lives[self.turn] < 0:
            self._begin(self.turn)
        torch.arange(self.turn * self.size, (self.turn + 1) * self.size, out=self.group)

    def any_group(self):
        self.group.copy_(torch.randperm(len(self.pictures), device=self.group.device)[: self.size])

    def paint(self, student, readouts):
        """One step of the group whose turn it is; gives its pictures."""
        group = self.group
        content_weight, style_weight, rate, steps = self.settings[group].unbind(1)
        loss = PaintLoss(student, readouts, self.contents[group], self.styles[group])
        pictures = self.pictures[group].requires_grad_()
        gradient, = torch.autograd.grad(loss(pictures, content_weight, style_weight).sum(), pictures)
        with torch.no_grad():
            mean = self.mean[group].lerp_(gradient, 1 - self.MEAN)
            square = self.square[group].lerp_(gradient.square(), 1 - self.SQUARE)
            steps = steps + 1
            rate = rate * (1 - self.SQUARE ** steps).sqrt() / (1 - self.MEAN ** steps)
            pictures = (pictures - rate.view(-1, 1, 1, 1) * mean / (square.sqrt() + 1e-10)).clamp_(0, 1)
            self.pictures.index_copy_(0, group, pictures)
            self.mean.index_copy_(0, group, mean)
            self.square.index_copy_(0, group, square)
            self.settings[:, 3].index_copy_(0, group, steps)
        return pictures

    def _begin(self, group):
        place = slice(group * self.size, (group + 1) * self.size)
        photos, styles = self.photos.crops(2 * self.size, self.side).chunk(2)
        uniform = torch.rand((self.size, 3), device=photos.device)
        noise = torch.rand_like(photos)
        share = (uniform[:, 0] * 2 - 1).clamp(min=0).view(-1, 1, 1, 1)          # half of them begin with the photograph
        # Paintings are gaudier than photographs, and made of strokes.
        styles = self.photos.jitter(styles, strength=0.7)
        drawn = self.size // 2
        self.contents[place], self.styles[place] = photos, torch.cat([tiled(styles[:drawn]), styles[drawn:]])
        self.pictures[place] = photos + share * (noise - photos)
        self.mean[place], self.square[place] = 0, 0
        self.settings[place, 0] = (uniform[:, 1] > 0.15).float()               # the others are textures
        self.settings[place, 1] = 10 ** (2.5 * uniform[:, 2] - 0.5)
        self.settings[place, 2] = 10 ** random.uniform(-2, -1.2)
        self.settings[place, 3] = 0
        self.lives[group] = round(15 * 20 ** random.random())
