/* QR codes in one frame of a camera, for web/static/scan.js: zbar's image scanner behind two functions.
 *
 *     pointer = frame(width, height)   where the page puts width * height pixels of red, green, blue, alpha
 *     pointer = read()                 what they show: a count, then for each code its bytes' count and its bytes,
 *                                      padded to four; counts are 32 bits, little-endian
 *
 * Each frame begins with nothing of the one before: all memory is given back at once and the scanner is made anew.
 * Whatever is too large or goes wrong is a trap, and the page makes itself a new module.
 */
#include "libc.h"
#include "zbar.h"

/* The linker's: where free memory begins. */
extern unsigned char __heap_base;

enum { PAGE = 65536, LARGEST_SIDE = 4096 };

static unsigned char *top;
static unsigned char *pixels;
static unsigned columns, rows;

/* Aligned to 8. The size stands before what is given out, for realloc. */
void *malloc(size_t size) {
    unsigned char *memory = top + 8;
    size_t available = __builtin_wasm_memory_size(0) * PAGE;
    if (size > INT_MAX) __builtin_trap();
    top = memory + ((size + 7) & ~(size_t)7);
    if ((size_t)top > available) {
        size_t pages = ((size_t)top - available + PAGE - 1) / PAGE;
        if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) __builtin_trap();
    }
    *(size_t *)(memory - 8) = size;
    return memory;
}

void *calloc(size_t count, size_t size) {
    if (size != 0 && count > INT_MAX / size) __builtin_trap();
    return memset(malloc(count * size), 0, count * size);
}

void *realloc(void *old, size_t size) {
    size_t held = old ? *(size_t *)((unsigned char *)old - 8) : 0;
    if (size <= held) return old;
    void *memory = malloc(size);
    return old ? memcpy(memory, old, held) : memory;
}

int memcmp(const void *left, const void *right, size_t size) {
    const unsigned char *one = left, *other = right;
    for (size_t place = 0; place < size; place++)
        if (one[place] != other[place]) return one[place] - other[place];
    return 0;
}

void *memchr(const void *bytes, int byte, size_t size) {
    const unsigned char *one = bytes;
    for (size_t place = 0; place < size; place++)
        if (one[place] == (unsigned char)byte) return (void *)(one + place);
    return NULL;
}

static void swap(unsigned char *one, unsigned char *other, size_t size) {
    for (size_t place = 0; place < size; place++) {
        unsigned char kept = one[place];
        one[place] = other[place];
        other[place] = kept;
    }
}

/* Shell's sort: short, in place, quick enough for the few thousand lines of a noisy frame. */
void qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *)) {
    unsigned char *first = items;
    for (size_t gap = count / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11)
        for (size_t next = gap; next < count; next++)
            for (size_t place = next; place >= gap; place -= gap) {
                unsigned char *one = first + (place - gap) * size, *other = first + place * size;
                if (compare(one, other) <= 0) break;
                swap(one, other, size);
            }
}

unsigned char *frame(unsigned width, unsigned height) {
    if (width == 0 || height == 0 || width > LARGEST_SIDE || height > LARGEST_SIDE) __builtin_trap();
    top = &__heap_base + (-(uintptr_t)&__heap_base & 7);
    columns = width;
    rows = height;
    return pixels = malloc((size_t)width * height * 4);
}

/* Red, green and blue become brightness (ITU-R BT.601), in the place of the first. */
static void make_gray(void) {
    size_t count = (size_t)columns * rows;
    for (size_t place = 0; place < count; place++) {
        const unsigned char *pixel = pixels + place * 4;
        pixels[place] = (unsigned char)((pixel[0] * 77 + pixel[1] * 150 + pixel[2] * 29) >> 8);
    }
}

static unsigned char *append(unsigned char *end, const void *bytes, unsigned length) {
    *(unsigned *)end = length;
    memcpy(end + 4, bytes, length);
    return end + 4 + ((length + 3) & ~3u);
}

static unsigned char *list(const zbar_image_t *image) {
    unsigned count = 0, size = 4;
    const zbar_symbol_t *symbol;
    for (symbol = zbar_image_first_symbol(image); symbol; symbol = zbar_symbol_next(symbol)) {
        count++;
        size += 4 + ((zbar_symbol_get_data_length(symbol) + 3) & ~3u);
    }
    unsigned char *found = malloc(size), *end = found + 4;
    *(unsigned *)found = count;
    for (symbol = zbar_image_first_symbol(image); symbol; symbol = zbar_symbol_next(symbol))
        end = append(end, zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
    return found;
}

unsigned char *read(void) {
    make_gray();
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, columns, rows);
    zbar_image_set_data(image, pixels, (unsigned long)columns * rows, NULL);
    zbar_scan_image(scanner, image);
    return list(image);
}
