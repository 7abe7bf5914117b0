"""Photos as the tests send them, and where they are found again."""

import io

from PIL import Image

from stack import day

BROKEN = ["Upload a valid image. The file you uploaded was either not an image or a corrupted image."]
VISITOR = {"first_name": "Foto", "last_name": "V", "expected_date": day()}


def picture(kind="JPEG", size=(400, 200), **options):
    """Left half red, right half white."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


CORNERS = [(220, 20, 20), (20, 180, 20), (20, 20, 220), (255, 255, 255)]


def corners(size=(300, 200)):
    """Red left top, green right top, blue left bottom, white right bottom."""
    image, (width, height) = Image.new("RGB", size), size
    for place, colour in enumerate(CORNERS):
        x, y = place % 2 * width // 2, place // 2 * height // 2
        image.paste(colour, (x, y, x + width // 2, y + height // 2))
    return image


def jpeg(image, **options):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=95, **options)
    return file.getvalue()


def has_its_corners(image):
    """Whether a picture looks as ``corners`` does."""
    width, height = image.size
    seen = [image.getpixel((x, y)) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    return image.size == (300, 200) and all(abs(a - b) < 12 for pixel, colour in zip(seen, CORNERS) for a, b in zip(pixel, colour))


def sent(content, name="cara.jpg", kind="image/jpeg"):
    return {"photo": (name, content, kind)}


def visitor(stack, role="ADMIN", unit=1, photo=True):
    """A new visitor with a photo: the row as answered."""
    answer = stack.call("POST", "/api/visitors/", role, data=VISITOR | {"unit": unit}, files=sent(picture()) if photo else None)
    assert answer.status_code == 201, answer.text
    return answer.json()


def path_of(stack, row):
    assert row["photo"].startswith(stack.url)
    return row["photo"].removeprefix(stack.url)


def shown(answer):
    assert answer.status_code == 200, answer.text
    return Image.open(io.BytesIO(answer.content))


def name_of(stack, table, id):
    return stack.psql(f"select photo from garita.{table} where id = {id}")[0]


def files(stack):
    return {path.name for path in (stack.var.resolve() / "photos").iterdir() if not path.name.startswith(".")}


def both(name):
    return {f"{name}.jpg", f"{name}-thumbnail.jpg"}
