"""A film of QR codes for Chromium's fake camera, painted with libqrencode and Pillow.

Chromium plays a Motion JPEG file, frames one after another, 30 a second, again and again
(media/capture/video/file_video_capture_device.cc)."""

import ctypes
import io
import random

from PIL import Image, ImageDraw, ImageFilter

SIZE, FRAMES_A_SECOND = (1280, 720), 30


class _Code(ctypes.Structure):
    _fields_ = [("version", ctypes.c_int), ("width", ctypes.c_int), ("data", ctypes.POINTER(ctypes.c_ubyte))]


def qr_code(text, module=8):
    """The QR code of a text in UTF-8, error correction Q, with its quiet zone, `module` pixels a square."""
    library = ctypes.CDLL("libqrencode.so.4")
    library.QRcode_encodeData.restype = ctypes.POINTER(_Code)
    data = text.encode()
    code = library.QRcode_encodeData(len(data), data, 0, 2).contents
    picture = Image.new("L", (code.width + 8, code.width + 8), 255)
    for place in range(code.width ** 2):
        if code.data[place] & 1:
            picture.putpixel((place % code.width + 4, place // code.width + 4), 0)
    return picture.resize((picture.width * module, picture.height * module), Image.NEAREST)


def held(code, background=150, angle=0):
    """In front of the camera."""
    frame = Image.new("L", SIZE, background)
    code = code.rotate(angle, expand=True, fillcolor=background, resample=Image.BICUBIC)
    frame.paste(code, ((SIZE[0] - code.width) // 2, (SIZE[1] - code.height) // 2))
    return frame.filter(ImageFilter.GaussianBlur(0.8))


def dark(frame):
    """A screen without light, by night: little contrast and the noise of a sensor."""
    dice = random.Random(3)
    return frame.point([20 + level // 6 for level in range(256)]).point(lambda level: level + dice.randrange(3))


def glossy(frame):
    """A lamp mirrored in the glass, over a part of the code that is no corner."""
    left, top = SIZE[0] // 2 - 20, SIZE[1] // 2 - 20
    ImageDraw.Draw(frame).ellipse((left, top, left + 46, top + 46), fill=255)
    return frame.filter(ImageFilter.GaussianBlur(1))


def noise():
    dice = random.Random(7)
    return Image.frombytes("L", (SIZE[0] // 2, SIZE[1] // 2), dice.randbytes(SIZE[0] * SIZE[1] // 4)).resize(SIZE)


def write(path, scenes):
    """Each scene for one second."""
    with open(path, "wb") as film:
        for scene in scenes:
            frame = io.BytesIO()
            scene.convert("RGB").save(frame, "JPEG", quality=80)
            film.write(frame.getvalue() * FRAMES_A_SECOND)
