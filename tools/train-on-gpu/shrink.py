"""Packs photographs for a machine that can be sent little: WebP, long side 400 pixels, all in one tar file.

    python3 shrink.py FOLDER photos.tar

Large photographs also give two squares at their own resolution, since what is shrunk has lost its finest texture.
"""

import io
import pathlib
import sys
import tarfile

from PIL import Image

LONG_SIDE, QUALITY, LARGE = 400, 68, 700


def pieces(picture):
    share = min(1, LONG_SIDE / max(picture.size))
    yield picture.resize([max(1, round(side * share)) for side in picture.size], Image.LANCZOS)
    if min(picture.size) >= LARGE * 0.9 and max(picture.size) >= 2 * LONG_SIDE:
        top = (picture.height - LONG_SIDE) // 2
        for centre in (picture.width // 4, 3 * picture.width // 4):
            yield picture.crop((centre - LONG_SIDE // 2, top, centre + LONG_SIDE // 2, top + LONG_SIDE))


def main(folder, target):
    paths = sorted(path for path in pathlib.Path(folder).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    with tarfile.open(target, "w", format=tarfile.USTAR_FORMAT) as tar:
        count = 0
        for path in paths:
            for piece in pieces(Image.open(path).convert("RGB")):
                data = io.BytesIO()
                piece.save(data, "webp", quality=QUALITY, method=4)
                entry = tarfile.TarInfo(f"{count:05}.webp")
                entry.size = data.tell()
                data.seek(0)
                tar.addfile(entry, data)
                count += 1
    print(f"{count} pictures of {len(paths)} photographs")


if __name__ == "__main__":
    main(*sys.argv[1:])
