#!/usr/bin/env python3
"""Makes the small pictures of Tests/StanceMediaTests/Fixtures and what Pillow sees in them.

Needs numpy and Pillow, and libturbojpeg.so.0 for the YCCK picture. For each picture NAME.ext it
writes NAME.ext.rgb: the upright picture as 8-bit RGB, composited onto white, rows from the top.
cases.json lists file, width, height and the largest difference that is allowed.
"""
import ctypes
import io
import json
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, TiffImagePlugin

OUT = Path(sys.argv[1] if len(sys.argv) > 1 else
           Path(__file__).parents[2] / "Tests/StanceMediaTests/Fixtures")
W, H = 13, 9
cases = []


def picture(width=W, height=H, channels=3, seed=1):
    """Smooth ramps with a little noise, different in every corner and channel."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    ramps = [x * 250 / (width - 1), y * 250 / (height - 1),
             255 - (x + y) * 240 / (width + height - 2), 40 + x * 200 / (width - 1)]
    noise = random.integers(0, 6, (height, width, channels))
    return np.clip(np.stack(ramps[:channels], -1) + noise, 0, 255).astype(np.uint8)


def on_white(rgba):
    rgba = rgba.astype(int)
    color, alpha = rgba[..., :3], rgba[..., 3:]
    return ((color * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)


def seen(data):
    """What Pillow makes of a file."""
    image = Image.open(io.BytesIO(data))
    image.seek(0)
    image = ImageOps.exif_transpose(image)
    if image.mode == "I;16" or image.mode == "I;16B":
        grey = (np.asarray(image).astype(int) >> 8).astype(np.uint8)
        return np.stack([grey] * 3, -1)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        return on_white(np.asarray(image.convert("RGBA")))
    return np.asarray(image.convert("RGB"))


def keep(name, data, expected=None, tolerance=0):
    expected = seen(data) if expected is None else expected
    (OUT / name).write_bytes(data)
    (OUT / (name + ".rgb")).write_bytes(np.ascontiguousarray(expected).tobytes())
    height, width = expected.shape[:2]
    cases.append(dict(file=name, width=width, height=height, tolerance=tolerance))


def keep_broken(name, data):
    (OUT / name).write_bytes(data)


def saved(image, kind, **options):
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def orientation(value):
    exif = Image.Exif()
    exif[274] = value
    return exif


rgb = Image.fromarray(picture())
rgba = Image.fromarray(picture(channels=4))
grey = rgb.convert("L")
palette = rgb.quantize(16)
bits = Image.fromarray(np.random.default_rng(2).integers(0, 2, (H, W)).astype(bool))
photo = Image.fromarray(picture(40, 24))


def jpegs():
    keep("rgb.jpg", saved(photo, "JPEG", quality=90), tolerance=2)
    keep("rgb444.jpg", saved(photo, "JPEG", quality=90, subsampling=0), tolerance=2)
    keep("progressive.jpg", saved(photo, "JPEG", quality=90, progressive=True), tolerance=2)
    keep("grey.jpg", saved(photo.convert("L"), "JPEG", quality=90), tolerance=2)
    keep("oriented.jpg", saved(photo, "JPEG", quality=90, exif=orientation(6)), tolerance=2)
    cmyk = Image.fromarray(picture(40, 24, 4), "CMYK")
    keep("cmyk.jpg", saved(cmyk, "JPEG", quality=90), tolerance=2)
    adobe = saved(cmyk, "JPEG", quality=90)
    start = adobe.index(b"\xff\xee")
    length = struct.unpack_from(">H", adobe, start + 2)[0]
    keep("cmyk-unmarked.jpg", adobe[:start] + adobe[start + 2 + length:], tolerance=2)
    library = ctypes.CDLL("libturbojpeg.so.0")
    library.tjInitCompress.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(library.tjInitCompress())
    inverted = np.ascontiguousarray(255 - picture(40, 24, 4))
    target, size = ctypes.c_void_p(), ctypes.c_ulong()
    # TJPF_CMYK 11, TJSAMP_444 0: libjpeg-turbo stores it as YCCK.
    library.tjCompress2(handle, inverted.ctypes.data_as(ctypes.c_void_p), 40, 0, 24, 11,
                        ctypes.byref(target), ctypes.byref(size), 0, 90, 0)
    keep("ycck.jpg", ctypes.string_at(target, size.value), tolerance=2)


def chunk(kind, data):
    return (struct.pack(">I", len(data)) + kind + data
            + struct.pack(">I", zlib.crc32(kind + data)))


def png(width, height, depth, color, lines, extra=b"", interlaced=0):
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
            + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def pngs():
    keep("rgb.png", saved(rgb, "PNG"))
    keep("rgba.png", saved(rgba, "PNG"))
    keep("grey.png", saved(grey, "PNG"))
    keep("grey-alpha.png", saved(rgba.convert("LA"), "PNG"))
    keep("palette.png", saved(palette, "PNG"))
    keep("palette-transparent.png", saved(palette, "PNG", transparency=bytes(range(0, 256, 16))))
    keep("grey-alpha16.png", png(W, H, 16, 4, b"".join(
        b"\0" + row.tobytes() for row in np.asarray(rgba)[..., 2:].astype(">u2") * 257)),
         on_white(np.asarray(rgba)[..., [2, 2, 2, 3]]))
    nibbles = np.random.default_rng(8).integers(0, 256, (H, (W + 1) // 2), np.uint8)
    keep("grey4.png", png(W, H, 4, 0, b"".join(b"\0" + row.tobytes() for row in nibbles)))
    keep("bits.png", saved(bits, "PNG"))
    keep("rgb-transparent.png", saved(rgb, "PNG", transparency=rgb.getpixel((3, 2))))
    keep("oriented.png", saved(rgb, "PNG", exif=orientation(6)))
    deep = np.random.default_rng(3).integers(0, 65536, (H, W, 4)).astype(">u2")

    def lines(values):
        return b"".join(b"\0" + row.tobytes() for row in values)
    high = (deep >> 8).astype(np.uint8)
    keep("grey16.png", png(W, H, 16, 0, lines(deep[..., :1])),
         np.repeat(high[..., :1], 3, -1))
    keep("rgb16.png", png(W, H, 16, 2, lines(deep[..., :3])), high[..., :3])
    keep("rgba16.png", png(W, H, 16, 6, lines(deep)), on_white(high))
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4),
              (1, 0, 2, 2), (0, 1, 1, 2)]
    whole = np.asarray(rgb)
    keep("interlaced.png", png(W, H, 8, 2, b"".join(
        lines(whole[y::step_y, x::step_x]) for x, y, step_x, step_y in passes), interlaced=1))
    # Whole as a file, but its pixels end in the fifth row.
    keep_broken("short.png", png(W, H, 8, 2, lines(whole[:5])))
    for side in (1, 2):
        keep(f"tiny{side}.png", saved(Image.fromarray(picture(2, 2)[:side, :side].copy()), "PNG"))


def bmps():
    keep("rgb.bmp", saved(rgb, "BMP"))
    keep("grey.bmp", saved(grey, "BMP"))
    keep("palette.bmp", saved(palette, "BMP"))
    keep("bits.bmp", saved(bits, "BMP"))
    plain = saved(rgb, "BMP")
    rows = np.asarray(rgb)[:, :, ::-1]
    start = struct.unpack_from("<I", plain, 10)[0]
    padding = bytes(-W * 3 % 4)
    head = bytearray(plain[:start])
    struct.pack_into("<i", head, 22, -H)
    keep("top-down.bmp", bytes(head) + b"".join(row.tobytes() + padding for row in rows))
    alpha = np.asarray(rgba)
    head = bytearray(plain[:54])
    struct.pack_into("<H", head, 28, 32)
    body = np.concatenate([alpha[::-1, :, 2::-1], np.full((H, W, 1), 7, np.uint8)], -1)
    keep("unused-alpha.bmp", bytes(head) + np.ascontiguousarray(body).tobytes(), alpha[..., :3])
    masks = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    head = (b"BM" + struct.pack("<IHHI", 14 + 108 + W * H * 4, 0, 0, 14 + 108)
            + struct.pack("<IiiHHIIiiII", 108, W, H, 1, 32, 3, W * H * 4, 2835, 2835, 0, 0)
            + masks + bytes(52))
    body = np.ascontiguousarray(alpha[::-1, :, [2, 1, 0, 3]]).tobytes()
    keep("alpha.bmp", head + body, on_white(alpha))
    five = (np.asarray(rgb).astype(int) >> 3)
    words = (five[..., 0] << 10 | five[..., 1] << 5 | five[..., 2]).astype("<u2")[::-1]
    head = (b"BM" + struct.pack("<IHHI", 54 + H * 28, 0, 0, 54)
            + struct.pack("<IiiHHIIiiII", 40, W, H, 1, 16, 0, H * 28, 2835, 2835, 0, 0))
    keep("rgb555.bmp", head + b"".join(row.tobytes() + b"\0\0" for row in words),
         (five * 255 // 31).astype(np.uint8))
    indices = np.asarray(palette)
    colors = bytes(palette.getpalette("BGRX"))[:64]
    body = b""
    for row in indices[::-1]:
        body += bytes([3, row[0]]) if row[0] == row[1] == row[2] else bytes([0, 3, *row[:3], 0])
        body += b"".join(bytes([1, index]) for index in row[3:]) + b"\0\0"
    body += b"\0\1"
    head = (b"BM" + struct.pack("<IHHI", 54 + 64 + len(body), 0, 0, 54 + 64)
            + struct.pack("<IiiHHIIiiII", 40, W, H, 1, 8, 1, len(body), 2835, 2835, 16, 16))
    keep("runs.bmp", head + colors + body, np.asarray(palette.convert("RGB")))


def gifs():
    keep("palette.gif", saved(palette, "GIF"))
    keep("plain.gif", saved(palette, "GIF", interlace=0))
    keep("transparent.gif", saved(palette, "GIF", transparency=3))
    second = Image.fromarray(picture(seed=9)[::-1]).quantize(16)
    keep("animated.gif", saved(palette, "GIF", save_all=True, append_images=[second]))
    noise = Image.fromarray(np.random.default_rng(5).integers(0, 256, (40, 50), np.uint8))
    larger = bytearray(saved(palette, "GIF", transparency=3))
    struct.pack_into("<HH", larger, 6, W + 3, H + 2)
    around = np.full((H + 2, W + 3, 3), 255, np.uint8)
    around[:H, :W] = seen(saved(palette, "GIF", transparency=3))
    keep("larger-screen.gif", bytes(larger), around)
    keep("noise.gif", saved(noise, "GIF"))


def webps():
    keep("lossy.webp", saved(photo, "WEBP", quality=90), tolerance=2)
    odd = Image.fromarray(picture(17, 11))
    keep("odd.webp", saved(odd, "WEBP", quality=90), tolerance=2)
    keep("lossless.webp", saved(rgb, "WEBP", lossless=True))
    keep("lossy-alpha.webp", saved(Image.fromarray(picture(40, 24, 4)), "WEBP", quality=90),
         tolerance=2)
    keep("lossless-alpha.webp", saved(rgba, "WEBP", lossless=True, exact=True))
    keep("oriented.webp", saved(rgb, "WEBP", lossless=True, exif=orientation(6)))
    keep_broken("animated.webp", saved(rgb, "WEBP", save_all=True,
                                       append_images=[Image.fromarray(picture(seed=4))]))


def tiff(order, body, bits, channels, more={}):
    """A TIFF file of one strip; `more` adds or replaces tags of one number each."""
    tags = {256: W, 257: H, 258: bits, 259: 1, 262: 2 if channels > 1 else 1, 273: 8,
            277: channels, 278: H, 279: len(body), **more}
    directory, extra = struct.pack(order + "H", len(tags)), b""
    end = 8 + len(body) + 2 + 12 * len(tags) + 4
    for tag, value in sorted(tags.items()):
        if tag == 258 and channels > 2:
            directory += struct.pack(order + "HHII", tag, 3, channels, end)
            extra = struct.pack(order + "H", bits) * channels
        else:
            directory += struct.pack(order + "HHII", tag, 4, 1, value)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "I", 8 + len(body)) + body + directory + bytes(4) + extra


def tiffs():
    keep("rgb.tif", saved(rgb, "TIFF"))
    for kind in ("tiff_lzw", "tiff_adobe_deflate", "packbits"):
        keep(f"{kind}.tif", saved(rgb, "TIFF", compression=kind))
    keep("group4.tif", saved(bits, "TIFF", compression="group4"))
    keep("bits.tif", saved(bits, "TIFF"))
    keep("grey.tif", saved(grey, "TIFF"))
    keep("palette.tif", saved(palette, "TIFF"))
    keep("rgba.tif", saved(rgba, "TIFF"))
    deep = np.random.default_rng(6).integers(0, 65536, (H, W)).astype(np.uint16)
    keep("grey16.tif", saved(Image.fromarray(deep), "TIFF"))
    keep("cmyk.tif", saved(Image.fromarray(picture(channels=4), "CMYK"), "TIFF"), tolerance=1)
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[274] = 6
    keep("oriented.tif", saved(rgb, "TIFF", tiffinfo=info))
    tags = [(256, 4, W), (257, 4, H), (258, 3, 8 << 16), (259, 3, 1 << 16), (262, 3, 0 << 16),
            (273, 4, 8), (277, 3, 1 << 16), (278, 4, H), (279, 4, W * H)]
    body = (255 - np.asarray(grey)).tobytes()
    directory = struct.pack(">H", len(tags)) + b"".join(
        struct.pack(">HHII", tag, kind, 1, value) for tag, kind, value in tags) + bytes(4)
    keep("white-is-zero-big-endian.tif",
         b"MM\0*" + struct.pack(">I", 8 + len(body)) + body + directory)
    whole = np.asarray(rgb)
    deep = np.random.default_rng(7).integers(0, 65536, (H, W, 3))
    high = (deep >> 8).astype(np.uint8)
    keep("rgb16.tif", tiff("<", deep.astype("<u2").tobytes(), 16, 3), high)
    keep("rgb16-big-endian.tif", tiff(">", deep.astype(">u2").tobytes(), 16, 3), high)
    clear = np.asarray(rgba).astype(int)
    flat = clear[..., :3] * clear[..., 3:] // 255
    keep("premultiplied.tif",
         tiff("<", np.concatenate([flat, clear[..., 3:]], -1).astype(np.uint8).tobytes(), 8, 4,
              {338: 1}), np.minimum(flat + 255 - clear[..., 3:], 255).astype(np.uint8))
    keep("no-alpha.tif", tiff("<", np.asarray(rgba).tobytes(), 8, 4, {338: 0}),
         np.asarray(rgba)[..., :3])
    keep_broken("float.tif", tiff("<", np.asarray(grey).astype("<f4").tobytes(), 32, 1, {339: 3}))
    keep_broken("lab.tif", tiff("<", whole.tobytes(), 8, 3, {262: 8}))
    keep_broken("jpeg.tif", saved(photo, "TIFF", compression="jpeg"))


OUT.mkdir(parents=True, exist_ok=True)
for make in (jpegs, pngs, bmps, gifs, webps, tiffs):
    make()
(OUT / "cases.json").write_text(json.dumps(cases, indent=1) + "\n")
