"""What is made small. Features are [n, c, h, w] after a ReLU, the teacher's at the common scale, where a channel's mean is about 1."""

import torch
import torch.nn.functional as F

from networks import CONTENT, READ, STYLE

FLOOR = 1e-6                # of a mean squared error: -60 dB
SMALLEST = 1e-3
SMALLEST_DIFFERENCE = 0.01  # of what tells a picture from the mean: less than that between two pictures need not be seen


def pixels_of(features):
    """[n, c, h, w] -> [n, h * w, c], float32."""
    n, c, h, w = features.shape
    return features.permute(0, 2, 3, 1).reshape(n, h * w, c).float()


def gram(features):
    """[n, c, c], divided by the number of pixels."""
    pixels = pixels_of(features)
    return pixels.transpose(1, 2) @ pixels / pixels.shape[1]


def squared(difference, dimensions=(1, 2, 3)):
    return torch.linalg.vector_norm(difference, dim=dimensions, dtype=torch.float32).square()


def read_out(features, matrix):
    """The teacher's features as a linear map predicts them: matrix [teacher's channels, ours]."""
    return F.conv2d(features, matrix.to(features.dtype)[:, :, None, None])


def unexplained(prediction, truth):
    """Share of the teacher's variance around 1 that is not predicted, [n]."""
    return squared(prediction - truth) / squared(truth - 1).clamp(min=SMALLEST)


def unexplained_grams(ours, theirs, first):
    """
    Share of what tells the teacher's Gram matrices of pictures apart that the student's do not tell, [n]: both are taken from their
    mean over the first `first` pictures.
    """
    with torch.no_grad():
        theirs = theirs - theirs[:first].mean(0)
        size = squared(theirs, (1, 2))
        size = size + size[:first].mean() + SMALLEST
    return 2 * squared(ours - ours[:first].mean(0) - theirs, (1, 2)) / size


def unseen_differences(ours, theirs, first, second):
    """
    Share of what the teacher's Gram matrices tell between two pictures that the student's do not, [n], for the pairs of two slices.
    A student that sees no difference has 1.
    """
    difference = theirs[first] - theirs[second]
    least = SMALLEST_DIFFERENCE * squared(theirs[second] - theirs.mean(0), (1, 2)) + SMALLEST
    return squared(ours[first] - ours[second] - difference, (1, 2)) / (squared(difference, (1, 2)) + least)


def decibel_loss(picture, truth):
    """The logarithm of the mean squared error, and the ratio in decibels, both [n]."""
    error = (picture - truth).square().mean((1, 2, 3)) + FLOOR
    return error.log(), -10 * error.detach().log10()


class exact:
    """float32 is float32 within, not the 10 bits of TF32."""

    def __enter__(self):
        self.before = torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False

    def __exit__(self, *_):
        torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32 = self.before


class PaintLoss:
    """What Pastiche's preset `gatys` makes small (Gatys, Ecker and Bethge, CVPR 2016), with the student under its readouts' metrics."""

    TOTAL_VARIATION = 30

    def __init__(self, student, readouts, contents, styles):
        self.student = student
        self.readouts = readouts
        with torch.no_grad():
            features = student(torch.cat([contents, styles]), READ)
            count = len(contents)
            self.content = pixels_of(features[CONTENT][:count])
            self.grams = {tap: gram(features[tap][count:]) for tap in STYLE}
            self.metrics = {tap: readouts[tap].T @ readouts[tap] for tap in READ}

    def __call__(self, pictures, content_weight, style_weight):
        """[n], for weights [n]."""
        features = self.student(pictures, READ)
        style = 0
        for tap in STYLE:
            difference = self.metrics[tap] @ (gram(features[tap]) - self.grams[tap])
            style = style + (difference * difference.transpose(1, 2)).sum((1, 2)) / len(self.readouts[tap]) ** 2
        difference = pixels_of(features[CONTENT]) - self.content
        content = (difference @ self.metrics[CONTENT] * difference).sum((1, 2)) / difference.shape[1] / len(self.readouts[CONTENT])
        across, down = pictures.diff(dim=3).square().sum((1, 2, 3)), pictures.diff(dim=2).square().sum((1, 2, 3))
        variation = (across + down) / pictures[0].numel()
        return content_weight * content + style_weight * style + self.TOTAL_VARIATION * variation


def roots(covariance, steps=18):
    """
    Square root and inverse square root, [n, c, c], by coupled Newton-Schulz steps (Higham, "Functions of Matrices", 2008, eq. 6.35).
    A little noise is added, so that both exist.
    """
    size = covariance.shape[-1]
    identity = torch.eye(size, device=covariance.device)
    trace = covariance.diagonal(dim1=1, dim2=2).sum(1)[:, None, None]
    covariance = covariance + identity * (1e-4 * trace / size + 1e-8)
    scale = torch.linalg.matrix_norm(covariance, keepdim=True)
    root, inverse = covariance / scale, identity.expand_as(covariance)
    with exact():
        for _ in range(steps):
            half = (3 * identity - inverse @ root) / 2
            root, inverse = root @ half, half @ inverse
    return root * scale.sqrt(), inverse / scale.sqrt()


def whitened_and_coloured(contents, styles, strength):
    """Features [n, c, h, w] with the styles' mean and covariance (Li et al., arXiv 1705.08086), at strengths [n]."""
    n, c, h, w = contents.shape
    content, style = pixels_of(contents), pixels_of(styles)
    means = [pixels.mean(1, keepdim=True) for pixels in (content, style)]
    centred = [pixels - mean for pixels, mean in zip((content, style), means)]
    covariances = [pixels.transpose(1, 2) @ pixels / pixels.shape[1] for pixels in centred]
    matrix = roots(covariances[0])[1] @ roots(covariances[1])[0]
    painted = centred[0] @ matrix + means[1]
    mixed = content + strength.view(-1, 1, 1) * (painted - content)
    return mixed.reshape(n, h, w, c).permute(0, 3, 1, 2)
