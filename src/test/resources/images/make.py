#!/usr/bin/python3
"""Makes the small pictures here and expected.txt, what Pillow 9.4 (with libjpeg-turbo 2.1, libwebp 1.2, libtiff 4.5)
sees in them: a line for each, "file width height tolerance RRGGBB...". Run in this folder; needs Pillow alone.

Expected is what a viewer shows: turned by EXIF, transparency on white, the first frame on the whole canvas. Colour
profiles are left out, as Pillow does. The tolerance is 0 where nothing is lost, else what decoders may differ by."""
import io, random, struct, zlib
from PIL import Image, ImageCms, ImageOps

W, H = 11, 9
lines = {}


def expect(name, tolerance, image=None):
    with Image.open(name) as opened:
        shown = image if image is not None else shown_by_pillow(opened)
    assert shown.mode == "RGB", shown.mode
    lines[name] = "%s %d %d %d %s" % (name, shown.width, shown.height, tolerance, shown.tobytes().hex())


def on_white(image):
    image = image.convert("RGBA")
    out = Image.new("RGB", image.size)
    out.putdata([tuple((c * a + 255 * (255 - a) + 127) // 255 for c in (r, g, b)) for r, g, b, a in image.getdata()])
    return out


def shown_by_pillow(image):
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):
        grey = Image.new("L", image.size)
        grey.putdata([(v * 255 + 32767) // 65535 for v in image.getdata()])
        return grey.convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        return on_white(image)
    return image.convert("RGB")


def save(name, image, tolerance=0, shown=None, **how):
    image.save(name, **how)
    expect(name, tolerance, shown)


def write(name, data, tolerance=0, shown=None):
    open(name, "wb").write(data)
    expect(name, tolerance, shown)


def encoded(image, format, **how):
    out = io.BytesIO()
    image.save(out, format, **how)
    return out.getvalue()


def picture(mode="RGB"):
    """Of smooth colours, so that JPEG keeps them, with no symmetry."""
    image = Image.new("RGB", (W, H))
    image.putdata([(20 + 20 * x, 240 - 25 * y, 10 * x + 12 * y) for y in range(H) for x in range(W)])
    return image.convert(mode)


def with_alpha(mode):
    image = picture(mode)
    alpha = Image.new("L", (W, H))
    alpha.putdata([(x * 25 + y * 3) % 256 for y in range(H) for x in range(W)])
    image.putalpha(alpha)
    return image


def exif(turn, order=">"):
    """An orientation behind another entry."""
    head = (b"MM" if order == ">" else b"II") + struct.pack(order + "HIH", 42, 8, 2)
    entries = struct.pack(order + "HHIHH", 0x010D, 3, 1, 3, 0) + struct.pack(order + "HHIHH", 0x0112, 3, 1, turn, 0)
    return b"Exif\0\0" + head + entries + b"\0\0\0\0"


def swapping_profile():
    """A profile that swaps red and blue: whoever applies it is found out."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"tXYZ", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"tXYZ", b"bXYZ", 1)


# ---- JPEG
rgb, icc = picture(), swapping_profile()
for subsampling, text in ((0, "444"), (1, "422"), (2, "420")):
    save("jpeg-%s.jpg" % text, rgb, 2, quality=95, subsampling=subsampling)
save("jpeg-progressive.jpg", rgb, 2, progressive=True)
save("jpeg-grey.jpg", picture("L"), 2)
save("jpeg-profile.jpg", rgb, 2, icc_profile=icc)
save("jpeg-profile-damaged.jpg", rgb, 2, icc_profile=b"no profile at all")
save("jpeg-grey-profile.jpg", picture("L"), 2, icc_profile=icc)
for turn in range(1, 9):
    save("jpeg-exif-%d.jpg" % turn, rgb, 2, exif=exif(turn, "<" if turn % 2 else ">"))
plain = encoded(rgb, "JPEG", quality=95, subsampling=0)
jfif = plain[:20]
assert jfif[2:4] == b"\xff\xe0" and jfif[6:10] == b"JFIF"


def adobe(transform):
    return b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0" + bytes([transform])


def named(data, names):
    """The components of a JPEG under other numbers."""
    frame, scan = data.index(b"\xff\xc0"), data.index(b"\xff\xda")
    data = bytearray(data)
    for i, name in enumerate(names):
        data[frame + 10 + 3 * i] = data[scan + 5 + 2 * i] = name
    return bytes(data)


write("jpeg-no-marker.jpg", plain[:2] + plain[20:], 2)
write("jpeg-no-marker-odd-names.jpg", named(plain[:2] + plain[20:], (0, 1, 2)), 2)
write("jpeg-named-rgb.jpg", named(plain[:2] + plain[20:], b"RGB"), 2)
write("jpeg-adobe-rgb.jpg", plain[:2] + adobe(0) + plain[20:], 2)
write("jpeg-adobe-ycc.jpg", plain[:2] + adobe(1) + plain[20:], 2)
write("jpeg-jfif-and-adobe.jpg", jfif + adobe(0) + plain[20:], 2)
inks = Image.new("CMYK", (W, H))
inks.putdata([(20 * x, 25 * y, 200 - 10 * x - 5 * y, 5 * x + 6 * y) for y in range(H) for x in range(W)])
cmyk = encoded(inks, "JPEG", quality=95)
assert adobe(0)[:12] in cmyk
write("jpeg-cmyk.jpg", cmyk, 2)
at = cmyk.index(adobe(0)[:12])
write("jpeg-cmyk-no-marker.jpg", cmyk[:at] + cmyk[at + 16:], 2)
write("jpeg-ycck.jpg", cmyk[:at] + adobe(2) + cmyk[at + 16:], 3)
write("jpeg-bytes-between.jpg", plain[:-2] + b"\0\0\0" + plain[-2:], 2)
write("jpeg-bytes-behind.jpg", plain + b"more of it", 2)

# ---- PNG
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(depth, kind, rows, extra=b"", interlaced=0, size=(W, H)):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", *size, depth, kind, 0, 0, interlaced)) + extra
            + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + r for r in rows), 9)) + chunk(b"IEND", b""))


def packed(values, depth):
    bits = "".join(format(v, "0%db" % depth) for v in values)
    return bytes(int(bits[i:i + 8].ljust(8, "0"), 2) for i in range(0, len(bits), 8))


for mode, text in (("RGB", "rgb"), ("L", "grey"), ("1", "1-bit"), ("P", "palette")):
    save("png-%s.png" % text, picture(mode))
save("png-rgba.png", with_alpha("RGB"), 1)
save("png-grey-alpha.png", with_alpha("L"), 1)
save("png-profile.png", rgb, icc_profile=icc)
save("png-exif-6.png", rgb, exif=exif(6))
for depth in (2, 4):
    write("png-grey-%d.png" % depth, png(depth, 0, [packed([(x + y) % (1 << depth) for x in range(W)], depth) for y in range(H)]))
palette = bytes(v for i in range(16) for v in (i * 16, 255 - i * 10, i * 3))
write("png-palette-transparent.png", png(4, 3, [packed([(x + y) % 16 for x in range(W)], 4) for y in range(H)],
      chunk(b"PLTE", palette) + chunk(b"tRNS", bytes(range(0, 256, 17)))), 1)
write("png-grey-transparent.png", png(8, 0, [bytes(20 * x for x in range(W)) for y in range(H)], chunk(b"tRNS", struct.pack(">H", 40))))
write("png-rgb-transparent.png", png(8, 2, [bytes(v for x in range(W) for v in (20 * x, 10, y)) for y in range(H)],
      chunk(b"tRNS", struct.pack(">HHH", 40, 10, 3))))
write("png-grey-16.png", png(16, 0, [b"".join(struct.pack(">H", 6000 * x + 500 * y) for x in range(W)) for y in range(H)]))
sixteen = [[(5957 * x, 65535 - 7001 * y, 3001 * x + 2003 * y) for x in range(W)] for y in range(H)]
write("png-rgb-16.png", png(16, 2, [b"".join(struct.pack(">HHH", *p) for p in row) for row in sixteen]), 1)
write("png-gamma.png", png(8, 2, [rgb.crop((0, y, W, y + 1)).tobytes() for y in range(H)], chunk(b"gAMA", struct.pack(">I", 100000))))
passes = []
for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
    passes += [b"".join(bytes(rgb.getpixel((x, y))) for x in range(x0, W, dx)) for y in range(y0, H, dy) if x0 < W]
write("png-interlaced.png", png(8, 2, passes, interlaced=1))
save("png-animated.png", rgb, save_all=True, append_images=[ImageOps.invert(rgb)])

# ---- GIF
indexed = rgb.quantize(16)
save("gif-plain.gif", indexed)
save("gif-animated.gif", indexed, save_all=True, append_images=[ImageOps.invert(rgb).quantize(16)])
save("gif-transparent.gif", indexed, transparency=indexed.getpixel((3, 3)))


def placed_gif():
    """A first frame at (3, 2) of a screen of 16 x 13."""
    data = bytearray(encoded(indexed, "GIF"))
    data[6:10] = struct.pack("<HH", 16, 13)
    at = bytes(data).index(b"\x2c\0\0\0\0" + struct.pack("<HH", W, H))
    data[at + 1:at + 5] = struct.pack("<HH", 3, 2)
    shown = Image.new("RGB", (16, 13), "white")
    shown.paste(indexed.convert("RGB"), (3, 2))
    return bytes(data), shown


data, shown = placed_gif()
write("gif-placed.gif", data, 0, shown)

# ---- BMP
for mode, text in (("1", "1-bit"), ("L", "grey"), ("P", "palette"), ("RGB", "24")):
    save("bmp-%s.bmp" % text, picture(mode))


def bmp(bits, height, rows, compression=0, colours=b"", masks=b""):
    offset = 54 + len(colours) + len(masks)
    return (b"BM" + struct.pack("<IHHI", offset + len(rows), 0, 0, offset)
            + struct.pack("<IiiHHIIiiII", 40, W, height, 1, bits, compression, len(rows), 0, 0, len(colours) // 4, 0) + masks + colours + rows)


fives = b"".join(b"".join(struct.pack("<H", (x * 3) << 10 | (y * 3) << 5 | (x + y)) for x in range(W)) + b"\0\0" for y in range(H))
write("bmp-16.bmp", bmp(16, H, fives), 1)
write("bmp-top-down.bmp", bmp(24, -H, b"".join(rgb.crop((0, y, W, y + 1)).tobytes("raw", "BGR") + b"\0\0\0" for y in range(H))))
write("bmp-32.bmp", bmp(32, -H, b"".join(rgb.crop((0, y, W, y + 1)).tobytes("raw", "BGRX") for y in range(H))))
colours = b"".join(bytes((i, 255 - i, i // 2, 0)) for i in range(256))
runs = b"".join(bytes((W - 4, 20 * y, 4, 10 * y, 0, 0)) for y in range(H)) + b"\0\1"
greens = Image.new("RGB", (W, H))
greens.putdata([(i // 2, 255 - i, i) for y in reversed(range(H)) for i in [20 * y] * (W - 4) + [10 * y] * 4])
write("bmp-rle.bmp", bmp(8, H, runs, 1, colours), 0, greens)

# ---- TIFF
for how in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
    save("tiff-%s.tif" % how.replace("tiff_", "").replace("adobe_", ""), rgb, compression=how)
save("tiff-jpeg.tif", rgb, 3, compression="jpeg", quality=95)
save("tiff-1-bit.tif", picture("1"))
save("tiff-g4.tif", picture("1"), compression="group4")
save("tiff-grey.tif", picture("L"))
save("tiff-palette.tif", indexed, 1)
save("tiff-rgba.tif", with_alpha("RGB"), 1)
save("tiff-cmyk.tif", inks)
save("tiff-profile.tif", rgb, icc_profile=icc)
save("tiff-turned-6.tif", rgb, shown=rgb.transpose(Image.Transpose.ROTATE_270), tiffinfo={274: 6})
save("tiff-pages.tif", rgb, shown=rgb, save_all=True, append_images=[ImageOps.invert(rgb)])
deep = Image.new("I;16", (W, H))
deep.putdata([6000 * x + 500 * y for y in range(H) for x in range(W)])
save("tiff-grey-16.tif", deep)


def big_endian_white_is_zero():
    entries = [(256, W), (257, H), (258, 8), (259, 1), (262, 0), (273, 8 + 2 + 9 * 12 + 4), (277, 1), (278, H), (279, W * H)]
    grey = ImageOps.invert(picture("L")).tobytes()
    return b"MM\0*" + struct.pack(">IH", 8, len(entries)) + b"".join(struct.pack(">HHIHH", t, 3, 1, v, 0) for t, v in entries) + b"\0\0\0\0" + grey


write("tiff-big-endian-white-is-zero.tif", big_endian_white_is_zero(), 0, picture("L").convert("RGB"))

# ---- WebP
save("webp-lossless.webp", rgb, lossless=True)
save("webp-lossless-alpha.webp", with_alpha("RGB"), 1, lossless=True, exact=True)
save("webp-lossy.webp", rgb, 20, quality=95)
save("webp-lossy-alpha.webp", with_alpha("RGB"), 20, quality=95)
save("webp-profile.webp", rgb, lossless=True, icc_profile=icc)
save("webp-exif-6.webp", rgb, lossless=True, exif=exif(6)[6:])
save("webp-exif-8-marked.webp", rgb, lossless=True, exif=exif(8))
save("webp-animated.webp", rgb, lossless=True, save_all=True, append_images=[ImageOps.invert(rgb)])


def placed_webp():
    """A first frame at (4, 2) of a canvas of 16 x 13."""
    picture_chunk = encoded(rgb, "WEBP", lossless=True)[12:]
    three = lambda v: struct.pack("<I", v)[:3]
    riff = lambda kind, data: kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    frame = three(2) + three(1) + three(W - 1) + three(H - 1) + three(100) + b"\0" + picture_chunk
    body = (riff(b"VP8X", b"\x12\0\0\0" + three(15) + three(12)) + riff(b"ANIM", b"\xff\xff\xff\xff\0\0")
            + riff(b"ANMF", frame) + riff(b"ANMF", frame))
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


write("webp-placed.webp", placed_webp())

open("expected.txt", "w").write("".join(line + "\n" for _, line in sorted(lines.items())))
