"""
Trains Pastiche's `compact` further on an accelerator, in minutes instead of hours: same networks and file as `pastiche train compact`.

    python3 shrink.py PHOTOS photos.tar
    python3 train.py --teacher vgg19.safetensors --photos photos.tar --seconds 540 --output OUT

What is made small (n pictures at once, half precision where it does no harm, float32 weights, Adam, cosine over the clock):

- first everything together: the share of the teacher's variance that linear readouts of the student's features leave unexplained
  (Romero et al., "FitNets", arXiv 1412.6550); the same share of what tells Gram matrices of pictures apart, of all of them and of a
  repainted picture and the painting that it was to resemble; and for each decoder the logarithm of its mean squared error. A third of
  each batch are pictures that are being repainted meanwhile, by the method of Gatys et al. on the student as it is at that moment, so
  that it learns what the teacher sees in what it lets pass itself: adversarial training (Goodfellow et al., arXiv 1412.6572), with the
  attack that matters here;
- then the decoders alone, which the teacher judges as well (Johnson et al., arXiv 1603.08155);
- and at last also what they make of features after whitening and colouring (Li et al., arXiv 1705.08086), judged by style.

Each part ends with the exponential mean of its weights. Files: `compact.safetensors`, `reconstructing.safetensors` (without the last
part), `earlier.safetensors`, and `metrics.safetensors`, other ways to measure the metrics.
"""

import argparse
import math
import pathlib
import random
import time

import torch

from easel import Easel
from losses import (decibel_loss, exact, gram, pixels_of, read_out, squared, unexplained, unexplained_grams, unseen_differences,
                    whitened_and_coloured)
from networks import (ENCODER, INPUTS, LEVELS, READ, ROOT, Encoder, Parameters, decode, read_safetensors, read_teacher, tap_of,
                      write_safetensors)
from photos import Photos
from steps import Adam, Replayed

# What the losses count for.
READOUT = dict(relu1_1=1, relu2_1=1, relu3_1=2, relu4_1=1.5, relu4_2=1.5, relu5_1=2.5)
GRAM = dict(relu1_1=0.3, relu2_1=0.3, relu3_1=1, relu4_1=0.7, relu4_2=0.1, relu5_1=1)
DIFFERENCE = dict(relu1_1=0.15, relu2_1=0.2, relu3_1=0.6, relu4_1=0.4, relu4_2=0, relu5_1=0.6)
THINNED = ("relu1_1", "relu2_1")          # taps of which every second pixel each way is enough to compare
PIXELS = {1: 0.1, 2: 0.2, 3: 0.35, 4: 0.8, 5: 1.2}
DECODED = {1: 0.25, 2: 0.25, 3: 0.5, 4: 1, 5: 1}    # share of the pictures that a level decodes while all learn together
PAINTED_PIXELS = 0.5            # of a repainted picture's error, beside a photograph's
JUDGED = (3, 4, 5)              # levels that the teacher judges, each on its share of the batch
JUDGING = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")
COLOURED = (2, 3, 4, 5)
COLOURED_STYLE, COLOURED_FEATURES = 0.3, 0.5

# Shares of the time, and step sizes.
PARTS = dict(together=0.68, decoders=0.17, coloured=0.15)
RATES = dict(together=1.5e-3, decoders=6e-4, coloured=4e-4)
LAST_SHARE, RISE = 0.01, 0.03
SHORTEST = 2                    # seconds
SMALLEST_GAP = 1e-3


class Training:
    def __init__(self, options, device, dtype):
        self.options, self.device, self.dtype = options, device, dtype
        self.photos = Photos(options.photos, device, options.most)
        self.teacher = read_teacher(options.teacher, ROOT / "src/Pastiche/Models/vgg19-caffe.activations", device, dtype)
        self.exact_teacher = read_teacher(options.teacher, ROOT / "src/Pastiche/Models/vgg19-caffe.activations", device, torch.float32)
        tensors, self.metadata = read_safetensors(options.model)
        self.metadata = {key: value for key, value in self.metadata.items() if not key.startswith("training")}
        tensors = {name: value for name, value in tensors.items() if name.endswith((".weight", ".bias"))}
        for tap in READ:
            ours, theirs = (network[f"{tap.replace('relu', 'conv')}.bias"] for network in (tensors, self.teacher.tensors))
            tensors[f"readout.{tap}"] = torch.zeros(len(theirs), len(ours))
        self.parameters = Parameters(tensors, device)
        self.fit_readouts()
        self.adam = Adam(self.parameters.flat)
        self.batch = self.photos.crops(options.batch, options.crop)
        self.easel = Easel(self.photos, options.painted, options.groups, options.crop)
        # Running means of what is reported, and of 1.
        self.seen = torch.zeros(2 * len(READ) + 2 * len(LEVELS) + 3, device=device)
        self.strength = torch.ones(options.batch, device=device)

    # What learns

    def student(self, views, dtype=None):
        return Encoder(views, INPUTS["torchvision"], dtype or self.dtype)

    @staticmethod
    def readouts(views):
        return {tap: views[f"readout.{tap}"] for tap in READ}

    def learn(self, views, loss, report):
        learning = [(name, view) for name, view in views.items() if view.requires_grad]
        gradients = torch.autograd.grad(loss, [view for _, view in learning])
        with torch.no_grad():
            self.adam.step(self.parameters.gradient(views, zip((name for name, _ in learning), gradients)))
            self.seen.lerp_(torch.cat([report, report.new_ones(len(self.seen) - len(report))]), 0.01)

    # Steps

    def together(self):
        still = self.parameters.views()
        painted = self.easel.paint(self.student(still), self.readouts(still))
        views = self.parameters.views(learns=lambda name: True)
        first, second = len(self.batch), len(self.batch) + len(painted)
        pictures = torch.cat([self.batch, painted, self.easel.styles[self.easel.group]])
        features = self.student(views)(pictures, READ)
        with torch.no_grad():
            truth = self.teacher(pictures, READ)
        loss, report, seen = 0, [], {}
        for tap in READ:
            ours, theirs = (thinned(values[tap]) if tap in THINNED else values[tap] for values in (features, truth))
            readout = views[f"readout.{tap}"]
            left = unexplained(read_out(ours, readout), theirs)
            ours, theirs = readout @ gram(ours) @ readout.T, gram(theirs)
            grams = unexplained_grams(ours, theirs, first).clamp(max=20).mean()
            seen[tap] = unseen_differences(ours, theirs, slice(first, second), slice(second, None)).clamp(max=20).mean()
            loss = loss + READOUT[tap] * left.mean() + GRAM[tap] * grams + DIFFERENCE[tap] * seen[tap]
            report += [left[:first].mean(), left[first:second].mean()]
        losses, decibels = self.decoded(views, features, pictures[:second], DECODED)
        report += [*decibels, seen["relu3_1"], seen["relu5_1"]]
        self.learn(views, loss + losses, torch.cat([value.detach().view(-1) for value in report]))

    def decoders(self, coloured=False):
        views = self.parameters.views(learns=lambda name: name.startswith("decoder"))
        pictures, first = torch.cat([self.batch, self.easel.pictures[self.easel.group]]), len(self.batch)
        with torch.no_grad():
            features = self.student(views)(pictures, READ)
            truth = self.teacher(pictures, READ)
        decoded = {}
        loss, decibels = self.decoded(views, features, pictures, results=decoded)

        # The teacher judges each level on another part of the batch.
        parts = torch.arange(len(pictures)).chunk(len(JUDGED))
        judged = self.teacher(torch.cat([decoded[level][part[0]: part[-1] + 1] for level, part in zip(JUDGED, parts)]), JUDGING)
        judgement = sum(unexplained(judged[tap], truth[tap]).mean() for tap in JUDGING) / len(JUDGING)
        report = [torch.zeros(2 * len(READ), device=self.device), *decibels, judgement]
        loss = loss + judgement
        if coloured:
            style, kept = self.coloured(views, features, truth)
            loss = loss + COLOURED_STYLE * style + COLOURED_FEATURES * kept
            report += [style]
        self.learn(views, loss, torch.cat([value.detach().view(-1) for value in report]))

    def decoded(self, views, features, pictures, shares=None, results=None):
        """The loss of the decoders, and the decibels of photographs and of repainted pictures by level."""
        first, painted = len(self.batch), len(pictures) - len(self.batch)
        total, decibels = 0, ([], [])
        for level in LEVELS:
            tap, share = f"relu{level}_1", shares[level] if shares else 1
            # So many of the photographs, and so many of the repainted pictures.
            some = [slice(0, max(1, round(first * share))), slice(first, first + max(1, round(painted * share)))]
            chosen = (lambda values: values[: len(pictures)]) if share == 1 else (lambda values: torch.cat([values[part] for part in some]))
            picture = decode(views, level, chosen(features[tap]), self.dtype)
            if results is not None:
                results[level] = picture
            loss, ratio = decibel_loss(picture, chosen(pictures))
            count = some[0].stop
            total = total + PIXELS[level] * (loss[:count].sum() + PAINTED_PIXELS * loss[count:].sum()) / len(loss)
            decibels[0].append(ratio[:count].mean())
            decibels[1].append(ratio[count:].mean())
        return total, decibels[0] + decibels[1]

    def coloured(self, views, features, truth):
        """How far what is decoded of whitened and coloured features is from the other picture's style, and from what they stand for."""
        count = len(self.batch)
        parts = [slice(int(part[0]), int(part[-1]) + 1) for part in torch.arange(count).chunk(len(COLOURED))]
        # Each photograph's painting is another photograph of the batch.
        paintings = {tap: features[tap][:count].roll(count // 2, 0) for tap in features}
        targets = {tap: gram(truth[tap][:count]) for tap in READ}
        pictures, wanted = [], []
        for level, part in zip(COLOURED, parts):
            tap = f"relu{level}_1"
            with torch.no_grad():
                mixed = whitened_and_coloured(features[tap][part], paintings[tap][part], self.strength[part])
                wanted.append(read_out(mixed.to(self.dtype), views[f"readout.{tap}"]))
            pictures.append(decode(views, level, mixed, self.dtype))
        seen = self.teacher(torch.cat(pictures), READ)
        style, kept = 0, 0
        for level, part, meant in zip(COLOURED, parts, wanted):
            for tap in (f"relu{i}_1" for i in range(1, level + 1)):
                target = targets[tap].roll(count // 2, 0)[part]
                gap = squared(target - targets[tap][part], (1, 2)).clamp(min=SMALLEST_GAP)
                style = style + (squared(gram(seen[tap][part]) - target, (1, 2)) / gap + 0.02).log().sum() / level
            kept = kept + unexplained(seen[f"relu{level}_1"][part], meant).sum()
        return style / count, kept / count

    # Measuring

    def moments(self, views, count, painted):
        """Sums over pixels of student times student and student times teacher at every tap, float64, and the student's means."""
        taps = [tap_of(name) for name in ENCODER]
        own, cross, means, pixels = {}, {}, {}, {}
        with torch.no_grad(), exact():
            for start in range(0, count, 8):
                if painted:
                    pictures = self.easel.pictures[torch.randperm(len(self.easel.pictures))[:8].to(self.device)]
                else:
                    pictures = self.photos.crops(min(8, count), self.options.measured)
                ours, theirs = self.student(views, torch.float32)(pictures, taps), self.exact_teacher(pictures, taps)
                for tap in taps:
                    s, t = (pixels_of(features[tap]).flatten(0, 1).double() for features in (ours, theirs))
                    own[tap] = own.get(tap, 0) + s.T @ s
                    cross[tap] = cross.get(tap, 0) + s.T @ t
                    means[tap] = means.get(tap, 0) + s.sum(0)
                    pixels[tap] = pixels.get(tap, 0) + len(s)
        return own, cross, {tap: means[tap] / pixels[tap] for tap in taps}

    @staticmethod
    def maps(own, cross):
        """The linear maps [teacher, student] by least squares; ridge as in Pastiche's TeacherMetric."""
        result = {}
        for tap in own:
            ridge = 1e-4 * own[tap].trace() / len(own[tap])
            identity = torch.eye(len(own[tap]), dtype=torch.float64, device=own[tap].device)
            result[tap] = torch.linalg.solve(own[tap] + ridge * identity, cross[tap]).T
        return result

    def fit_readouts(self):
        own, cross, _ = self.moments(self.parameters.views(), self.options.measurements // 3, painted=False)
        for tap, matrix in self.maps(own, cross).items():
            if tap in READ:
                self.parameters.views()[f"readout.{tap}"].copy_(matrix.float())

    def save(self, name, measurements):
        """Writes the averaged weights with all that is measured on them by so many crops."""
        views = self.parameters.views(self.adam.averaged)
        # As they will be read.
        views = {name: view.half().float() if name.endswith((".weight", ".bias")) else view for name, view in views.items()}
        own, cross, means = self.moments(views, measurements, painted=False)
        tensors = {}
        for name_ in ENCODER:
            tensors.update({f"{name_}{part}": views[f"{name_}{part}"] for part in (".weight", ".bias")})
            tensors[f"{name_}.mean_activation"] = means[tap_of(name_)]
        metrics = {f"{tap}.metric": metric(matrix) for tap, matrix in self.maps(own, cross).items()}
        tensors.update(metrics)
        tensors.update({name_: view for name_, view in views.items() if name_.startswith("decoder")})
        record = {"training": f"tools/train-on-gpu, {self.options.seconds} s, batch {self.options.batch} + {self.options.painted}, crop {self.options.crop}",
                  "training.photographs": str(len(self.photos)), "training.steps": str(self.total)}
        write_safetensors(self.options.output / f"{name}.safetensors", tensors, {**self.metadata, **record})
        return views, own, cross

    def save_other_metrics(self, views, own, cross):
        """Metrics measured on photographs and repainted pictures alike, and those of the readouts as they were trained."""
        painted = self.moments(views, self.options.measurements // 3, painted=True)
        mixed = self.maps(*({tap: sums[tap] + others[tap] * (sums[tap].trace() / others[tap].trace() if sums is own else
                                                             own[tap].trace() / painted[0][tap].trace()) for tap in sums}
                            for sums, others in ((own, painted[0]), (cross, painted[1]))))
        tensors = {f"mixed.{tap}.metric": metric(matrix) for tap, matrix in mixed.items()}
        tensors.update({f"trained.{tap}.metric": metric(views[f"readout.{tap}"].double()) for tap in READ})
        write_safetensors(self.options.output / "metrics.safetensors", tensors, {})

    # The run

    def run(self):
        begun, self.total = time.monotonic(), 0
        for part, share in PARTS.items():
            self.adam.restart()
            step = Replayed({"together": self.together, "decoders": self.decoders, "coloured": lambda: self.decoders(True)}[part], self.device)
            self.adam.restart()
            self.seen.zero_()
            start = time.monotonic()
            remaining = sum(list(PARTS.values())[list(PARTS).index(part):])
            length = max(SHORTEST, (self.options.seconds - (start - self.options.begun)) * share / remaining)
            steps, done, saved, marked = 0, 0.0, start, start
            while done < 1:
                rate = RATES[part] * (LAST_SHARE + (1 - LAST_SHARE) * 0.5 * (1 + math.cos(math.pi * done))) * min(1, (done + 1e-4) / RISE)
                self.batch.copy_(self.photos.crops(len(self.batch), self.options.crop))
                if part == "together":
                    self.easel.next_group()
                else:
                    self.easel.any_group()
                    self.strength.uniform_(0.5, 1)
                self.adam.prepare(rate)
                step.run()
                steps += 1
                if steps % 10 == 0 or self.device.type != "cuda":
                    if self.device.type == "cuda":
                        torch.cuda.synchronize()
                    now = time.monotonic()
                    done = (now - start) / length
                    if now - marked > self.options.report or done >= 1:
                        marked = now
                        self.report(part, steps, now - begun, done)
                    if part == "together" and 0.75 < done < 1 and saved == start:
                        saved = now
                        self.total = steps
                        self.save("earlier", self.options.measurements // 3)
            self.total += steps
            measured = (self.save("compact", self.options.measurements // 3) if part == "together" else
                        self.save("reconstructing" if part == "decoders" else "compact", self.options.measurements))
        self.save_other_metrics(*measured)
        contact_sheet(self.easel, self.options.output / "painted.jpg")
        print(f"finished after {time.monotonic() - self.options.begun:.0f} s", flush=True)

    def report(self, part, steps, seconds, done):
        seen = [round(value, 3) for value in (self.seen[:-1] / self.seen[-1]).tolist()]
        left, decibels, rest = seen[: 2 * len(READ)], seen[2 * len(READ): -2], seen[-2:]
        memory = torch.cuda.max_memory_allocated() / 2 ** 30 if self.device.type == "cuda" else 0
        print(f"{part} {steps} {seconds:.0f}s {100 * done:.0f}% {1000 * seconds / max(steps + self.total, 1):.1f}ms/step {memory:.0f}GiB"
              f" unexplained {left[0::2]} painted {left[1::2]} dB {decibels[:5]} painted {decibels[5:]} {rest}", flush=True)


def thinned(features):
    return features[:, :, ::2, ::2].contiguous(memory_format=torch.channels_last)


def metric(matrix):
    """What differences of the student's features are worth: M^T M c_student / c_teacher, symmetric to the bit."""
    result = (matrix.T @ matrix * (matrix.shape[1] / matrix.shape[0])).float()
    return result.triu() + result.triu(1).T


def contact_sheet(easel, path):
    from PIL import Image
    rows = [torch.cat([planes[i] for i in range(0, len(planes), max(1, len(planes) // 8))], 2) for planes in (easel.contents, easel.styles, easel.pictures)]
    sheet = (torch.cat(rows, 1) * 255).round().byte().permute(1, 2, 0).cpu().numpy()
    Image.fromarray(sheet).save(path, quality=85)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", type=pathlib.Path, required=True, help="VGG-19 as safetensors")
    parser.add_argument("--photos", type=pathlib.Path, required=True, help="what shrink.py wrote")
    parser.add_argument("--model", type=pathlib.Path, default=ROOT / "src/Pastiche/Models/compact.safetensors", help="where to begin")
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--seconds", type=float, required=True, help="of the clock, reading included; measuring at the end takes some more")
    parser.add_argument("--batch", type=int, default=20, help="photographs in a step")
    parser.add_argument("--painted", type=int, default=10, help="repainted pictures in a step")
    parser.add_argument("--groups", type=int, default=8, help="groups of repainted pictures that take turns")
    parser.add_argument("--crop", type=int, default=192, help="pixels, a multiple of 16")
    parser.add_argument("--measured", type=int, default=256, help="pixels of the crops by which metrics are measured")
    parser.add_argument("--measurements", type=int, default=768, help="how many")
    parser.add_argument("--most", type=int, help="use so many photographs only")
    parser.add_argument("--report", type=float, default=10, help="seconds between two reports")
    options = parser.parse_args()
    options.begun = time.monotonic()
    options.output.mkdir(parents=True, exist_ok=True)

    random.seed(1)
    torch.manual_seed(1)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cudnn.benchmark = True
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    training = Training(options, device, torch.bfloat16 if device.type == "cuda" else torch.float32)
    print(f"{device}, {len(training.photos)} photographs, {len(training.parameters.flat)} numbers, ready after {time.monotonic() - options.begun:.0f} s", flush=True)
    training.run()


if __name__ == "__main__":
    main()
