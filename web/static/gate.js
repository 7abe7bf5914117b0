// The console of guards: the box is always ready for the next scan, answers come without loading a page.

const isSpanish = document.documentElement.lang === "es";
const say = (english, spanish) => isSpanish ? spanish : english;
const main = () => document.querySelector("main");
const form = () => document.querySelector("form[data-box]");
const box = () => form()?.elements.q;
const kept = "garita-gate-text";

// What is read aloud, there before the first answer.
const voice = document.createElement("div");
voice.className = "unseen";
voice.role = "alert";
document.body.append(voice);

const id = () => [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// What is asked: one after the other, as it was scanned. What is answered is shown in that order, each long enough to be
// seen: green for a moment, anything else longer.
const asked = [], answered = [];
let isAsking = false, isShowing = false, back;

// Names of attempts without an answer. The same text again is the same attempt, typed or scanned anew, for as long as the
// person may still be standing there.
const unanswered = new Map();
const subject = (text, items) => `${items.get("direction")} ${text.trim()}`;
function attempt(text, items) {
    const former = unanswered.get(subject(text, items));
    return former && Date.now() - former.at < 600_000 ? former.id : id();
}

async function ask() {
    if (isAsking) return;
    isAsking = true;
    while (asked.length) {
        const question = asked[0];
        main().ariaBusy = "true";
        let answer;
        try {
            answer = await fetch(question.action, {
                method: "POST", body: new URLSearchParams(question.items), signal: AbortSignal.timeout(8000)});
        } catch {
            lose(question, say(
                "No connection: no answer came. Send it again; it is not counted twice.",
                "Sin conexión: no llegó respuesta. Envíelo otra vez; no se cuenta dos veces."));
            break;
        }
        const text = await answer.text().catch(() => "");
        const place = new URL(answer.url);
        const page = new DOMParser().parseFromString(text, "text/html");
        const hasBox = page.querySelector("form[data-box]");
        if (!page.querySelector("main") || answer.status >= 500) {
            lose(question, say(
                "No proper answer came. Send it again; it is not counted twice.",
                "No llegó una respuesta correcta. Envíelo otra vez; no se cuenta dos veces."));
            break;
        }
        if (!hasBox && (answer.redirected || question.text != null)) {
            // Session or shift have ended. Not in an address: it may be a code.
            if (question.text != null) sessionStorage.setItem(kept, question.text);
            const isSignIn = place.pathname.startsWith("/account/");
            location.assign(isSignIn ? "/account/sign-in/?next=%2Fgate%2F" : answer.redirected ? place : "/gate/");
            break;
        }
        asked.shift();
        if (question.text != null) unanswered.delete(subject(question.text, question.items));
        answered.push({page, place: answer.redirected ? place : null});
        show();
    }
    main().ariaBusy = null;
    isAsking = false;
}

// Nothing that was typed is lost, and nothing that waits behind it is asked: whoever stands there is asked for again.
function lose(question, sentence) {
    if (question.text != null) {
        unanswered.set(subject(question.text, question.items), {id: question.items.get("request_id"), at: Date.now()});
    }
    asked.length = 0;
    document.querySelector(".lost")?.remove();
    const notice = document.createElement("p");
    notice.className = "notice bad lost";
    notice.textContent = sentence;
    form()?.before(notice);
    voice.textContent = sentence;
    if (question.text && box()) box().value = question.text;
    sound("red");
    focus();
}

async function show() {
    if (isShowing) return;
    isShowing = true;
    while (answered.length) {
        swap(answered.shift());
        if (answered.length || asked.length) await wait(main().querySelector(".verdict:not(.green)") ? 1500 : 500);
    }
    isShowing = false;
}

function swap({page, place}) {
    clearTimeout(back);
    const typed = box()?.value ?? "";
    main().replaceWith(document.adoptNode(page.querySelector("main")));
    document.title = page.title;
    if (place) history.replaceState(null, "", place.pathname + place.search);
    const verdict = main().querySelector(".verdict");
    if (verdict || typed) if (box()) box().value = typed;
    if (!typed) box()?.setSelectionRange(0, box().value.length);
    const words = [...main().querySelectorAll("h1, .whom, .why, .errors, .notice")].map((one) => one.textContent.trim());
    voice.textContent = words.join(". ");
    prepare();
    if (verdict) {
        sound(verdict.dataset.colour);
        scrollTo(0, 0);
        if (verdict.classList.contains("green")) back = setTimeout(next, 4000);
    }
    focus();
}

// A door that did not open is seen before the console goes on (gate-doors.js).
document.addEventListener("doorfailed", () => clearTimeout(back));

// The console as it is now.
async function next() {
    const link = main().querySelector("[data-next]");
    if (!link || answered.length || asked.length) return;
    const answer = await fetch(link.href).catch(() => null);
    const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page || !page.querySelector("form[data-box]")) return location.assign(link.href);
    if (link.isConnected && !asked.length) swap({page, place: new URL(answer.url)});
}

// A touch screen would show its keyboard: there the box is entered by the finger, or by the first key of a scanner.
const focus = () => { if (box() && !matchMedia("(pointer: coarse)").matches) box().focus({preventScroll: true}); };

document.addEventListener("submit", (event) => {
    const sent = event.target;
    if (!sent.matches("form[data-verdict]")) return;
    event.preventDefault();
    clearTimeout(back);
    const items = new FormData(sent, event.submitter);
    const isBox = sent.matches("[data-box]");
    const text = isBox ? box().value : null;
    if (isBox && !text.trim()) return next();
    if (isBox) items.set("request_id", attempt(text, items));
    // What somebody was looked for by must not stand before the next scan.
    if (box()) box().value = "";
    if (!isBox && asked.some((one) => one.form === sent)) return;
    asked.push({action: sent.action, items, text, form: sent});
    ask();
}, true);

// What a scanner has typed (gate-keys.js).
document.addEventListener("scanned", (event) => read(event.detail));

document.addEventListener("keydown", (event) => {
    start();
    if (event.key !== "Escape" || !main().querySelector("[data-next]")) return;
    if (box()) box().value = "";
    next();
});
document.addEventListener("click", (event) => {
    start();
    if (event.target.closest("[data-next]") && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        next();
    }
});

// One sound for each colour: a screen is not always looked at. Browsers allow none before the first key.
let speaker;
function start() {
    speaker ??= window.AudioContext && new AudioContext();
    stayAwake();
}
function sound(colour) {
    const tones = {green: [[880, 0, 0.12], [1320, 0.13, 0.16]], amber: [[660, 0, 0.18], [660, 0.26, 0.18]],
        red: [[220, 0, 0.5]]}[colour] ?? [];
    navigator.vibrate?.({green: 80, amber: [120, 80, 120], red: 500}[colour] ?? 0);
    if (speaker?.state !== "running") return;
    for (const [frequency, begin, length] of tones) {
        const tone = speaker.createOscillator(), volume = speaker.createGain(), at = speaker.currentTime + begin;
        tone.type = colour === "red" ? "square" : "sine";
        tone.frequency.value = frequency;
        volume.gain.setValueAtTime(0.2, at);
        volume.gain.exponentialRampToValueAtTime(0.001, at + length);
        tone.connect(volume).connect(speaker.destination);
        tone.start(at);
        tone.stop(at + length);
    }
}

// The screen stays on while the page is seen.
let lock;
async function stayAwake() {
    if (lock && !lock.released || document.hidden || !navigator.wakeLock) return;
    lock = await navigator.wakeLock.request("screen").catch(() => null);
}
document.addEventListener("visibilitychange", stayAwake);

// The camera, where it can be used; what it needs is loaded when it is opened first. Its picture stays when an answer takes
// the place of the page, or a code that is still held up would be read anew.
let camera, picture;
function prepare() {
    if (form()) sessionStorage.setItem("garita-gate-direction", form().elements.direction.value);
    const place = main().querySelector("[data-camera]");
    if (!place) return;
    place.hidden = !window.isSecureContext || !navigator.mediaDevices;
    if (!camera) return;
    place.nextElementSibling.replaceWith(picture);
    picture.play().catch(() => null);
    press(place, true);
}
const press = (place, isOpen) => {
    const button = place.firstElementChild;
    button.dataset.label ??= button.textContent;
    button.textContent = isOpen ? say("Turn the camera off", "Apagar cámara") : button.dataset.label;
    place.nextElementSibling.hidden = !isOpen;
    lamp?.remove();
    if (isOpen && lamp) place.append(lamp);
};
let lamp;
async function open(place) {
    picture = place.nextElementSibling;
    press(place, true);
    try {
        camera = await import(place.dataset.camera);
        picture.addEventListener("cameralost", (event) => close(event.detail), {once: true});
        const {setTorch} = await camera.openCamera(picture, read, place.dataset.wasm);
        if (setTorch) {
            let isLit = false;
            lamp = document.createElement("button");
            lamp.type = "button";
            lamp.className = "quiet";
            lamp.textContent = say("Lamp", "Lámpara");
            lamp.addEventListener("click", () => setTorch(isLit = !isLit));
            place.append(lamp);
        }
    } catch (error) {
        close(error.message);
    }
}
function close(sentence) {
    const place = main().querySelector("[data-camera]");
    camera?.closeCamera();
    camera = null;
    lamp?.remove();
    lamp = null;
    if (!place) return;
    press(place, false);
    if (!sentence) return;
    voice.textContent = sentence;
    const notice = document.createElement("p");
    notice.className = "notice bad";
    notice.textContent = sentence;
    place.nextElementSibling.after(notice);
}
function read(text) {
    clearTimeout(back);
    const items = new FormData(form());
    items.set("q", text);
    items.set("read", "1");
    items.set("request_id", attempt(text, items));
    asked.push({action: form().action, items, text});
    ask();
}
document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-camera] > :first-child");
    if (button) camera ? close() : open(button.parentElement);
});

// A console that nobody touches stays signed in as long as the shift: it looks for itself from time to time.
setInterval(() => {
    if (!document.hidden && form() && !main().querySelector(".verdict")) fetch("/gate/").catch(() => null);
}, 600_000);

prepare();
// A scan of another page is decided here, unless it has been on its way for so long that nobody expects it.
const carried = box() && JSON.parse(sessionStorage.getItem("garita-gate-scan") ?? "null");
const isFresh = carried && Date.now() - carried.at < 60_000;
if (isFresh) read(carried.text);
const left = carried && !isFresh ? carried.text : sessionStorage.getItem(kept);
if (box()) sessionStorage.removeItem("garita-gate-scan");
if (left && box()) {
    sessionStorage.removeItem(kept);
    box().value = left;
    voice.textContent = say("Nothing was decided: what you sent is still in the box.",
        "No se decidió nada: lo que envió sigue en el cuadro.");
    const notice = document.createElement("p");
    notice.className = "notice bad";
    notice.textContent = voice.textContent;
    form().before(notice);
}
if (main().querySelector(".verdict.green")) back = setTimeout(next, 4000);
