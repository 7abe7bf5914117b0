// Reads QR codes from a camera: by the browser's own detector, else by zbar compiled to WebAssembly (Sources/Scanner/).
// One camera at a time. Source: w3.org/TR/mediacapture-streams, wicg.github.io/shape-detection-api.

const sentences = {
    insecure: ["La cámara solo funciona con una conexión segura (https).", "The camera only works over a secure connection (https)."],
    none: ["Este equipo no tiene cámara.", "This device has no camera."],
    refused: ["El navegador no permite usar la cámara. Autorícela en los permisos del sitio.",
        "The browser does not allow the camera. Allow it in the permissions of this site."],
    busy: ["La cámara no responde o la usa otro programa.", "The camera does not answer, or another program uses it."],
    reader: ["Este navegador no puede leer códigos. Use un lector o escriba el código.",
        "This browser cannot read codes. Use a reader or type the code."],
};
const reasons = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "none", OverconstrainedError: "none" };
// How long a code must be out of the picture to count as shown anew, in milliseconds.
const absence = 1500;
// How many frames in a row the reader may fail at.
const mostFailed = 20;

let session;

/// Shows the camera in `video` and calls `onText` with the text of each code, once for as long as it is seen.
///
/// Gives back `{ setTorch }`: a function of on or off, or null where the camera has no lamp. The camera is let go while the page
/// is hidden. Throws an Error whose message a person can read, in the language of the page; when the camera is lost later,
/// `video` gets the event "cameralost" with such a message as its detail.
export async function openCamera(video, onText, wasmURL) {
    closeCamera();
    if (!isSecureContext || !navigator.mediaDevices) throw failure("insecure");
    const mine = session = { video, onText, seen: new Map() };
    try {
        mine.read = await makeReader(wasmURL);
        if (session === mine) await start(mine);
    } catch (error) {
        if (session === mine) closeCamera();
        throw error;
    }
    const track = mine.stream?.getVideoTracks()[0];
    const hasTorch = track?.getCapabilities?.().torch;
    return { setTorch: hasTorch ? (torch) => current(mine)?.applyConstraints({ advanced: [{ torch }] }) : null };
}

/// Lets the camera go; nothing is read any more.
export function closeCamera() {
    const mine = session;
    session = undefined;
    if (mine) stop(mine);
}

addEventListener("pagehide", closeCamera);
document.addEventListener("visibilitychange", () => {
    const mine = session;
    if (!mine?.read) return;
    if (document.hidden) stop(mine);
    else start(mine).catch((error) => lose(mine, error));
});

function failure(reason) {
    return new Error(sentences[reason][document.documentElement.lang === "es" ? 0 : 1]);
}

function current(mine) {
    return mine.stream?.getVideoTracks()[0];
}

function lose(mine, error) {
    if (session !== mine) return;
    closeCamera();
    mine.video.dispatchEvent(new CustomEvent("cameralost", { detail: error.message }));
}

async function start(mine) {
    stop(mine);
    const turn = mine.turn = Symbol("turn");
    const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: "environment" }, ...size } })
        .catch((error) => { throw failure(reasons[error.name] ?? "busy"); });
    // Meanwhile somebody has closed it, or hidden the page.
    if (mine.turn !== turn || session !== mine) return stream.getTracks().forEach((track) => track.stop());
    mine.stream = stream;
    current(mine).addEventListener("ended", () => lose(mine, failure("busy")));
    mine.video.srcObject = stream;
    mine.video.muted = mine.video.playsInline = true;
    await mine.video.play().catch(() => {});
    watch(mine, turn);
}

function stop(mine) {
    mine.turn = undefined;
    mine.stream?.getTracks().forEach((track) => track.stop());
    mine.stream = mine.video.srcObject = null;
}

// Frame after frame; as long as reading one takes, the page has for itself.
async function watch(mine, turn) {
    const { video } = mine;
    let failed = 0;
    while (mine.turn === turn) {
        await nextFrame(video);
        const began = performance.now();
        if (mine.turn !== turn) return;
        const texts = video.videoWidth ? await mine.read(video).catch(() => null) : [];
        if (mine.turn !== turn) return;
        // One frame may fail, not all of them.
        failed = texts ? 0 : failed + 1;
        if (failed > mostFailed) return lose(mine, failure("reader"));
        const now = performance.now();
        for (const text of texts ?? []) {
            const isNew = !(now - mine.seen.get(text) < absence);
            mine.seen.set(text, now);
            if (isNew) mine.onText(text);
        }
        await new Promise((resolve) => setTimeout(resolve, Math.min(now - began, 500)));
    }
}

// A camera that stands still in the background gives no frame: then a clock goes on.
function nextFrame(video) {
    return new Promise((resolve) => {
        video.requestVideoFrameCallback?.(resolve);
        setTimeout(resolve, video.requestVideoFrameCallback ? 500 : 60);
    });
}

// A function that gives the texts in a frame.
async function makeReader(wasmURL) {
    const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []) ?? [];
    if (!formats.includes("qr_code")) return makeModule(wasmURL);
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    let fallback;
    return async (video) => {
        if (fallback) return (await fallback)(video);
        try {
            return (await detector.detect(video)).map((code) => code.rawValue);
        } catch {
            // Some phones promise a detector and have none.
            fallback = makeModule(wasmURL);
            fallback.catch((error) => session && lose(session, error));
            return [];
        }
    };
}

async function makeModule(wasmURL) {
    const module = await WebAssembly.compileStreaming(fetch(wasmURL)).catch(() => { throw failure("reader"); });
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    let zbar;
    return async (video) => {
        const { videoWidth: width, videoHeight: height } = video;
        Object.assign(context.canvas, { width, height });
        context.drawImage(video, 0, 0);
        const { data } = context.getImageData(0, 0, width, height);
        try {
            zbar ??= (await WebAssembly.instantiate(module)).exports;
            const place = zbar.frame(width, height);
            new Uint8Array(zbar.memory.buffer).set(data, place);
            const found = zbar.read();
            // Only now: memory that has grown is another buffer.
            return list(zbar.memory.buffer, found);
        } catch (error) {
            // A module that has trapped is not asked again.
            zbar = undefined;
            throw error;
        }
    };
}

// A count, then for each code the count of its bytes and the bytes, padded to four (Sources/Scanner/scanner.c).
function list(memory, place) {
    const view = new DataView(memory), texts = [];
    let next = place + 4;
    for (let left = view.getUint32(place, true); left > 0; left--) {
        const size = view.getUint32(next, true);
        texts.push(new TextDecoder().decode(new Uint8Array(memory, next + 4, size)));
        next += 4 + (size + 3 & ~3);
    }
    return texts;
}
