// What a scanner types, told from what people type, on every page of the gate: it is faster than anybody, and ends with Enter
// or Tab. On the console it is decided at once, whatever stands in the box; from any other page it is carried there.

const box = () => document.querySelector("form[data-box]")?.elements.q;
// Where people write. Anywhere else nothing but a scanner types so fast.
const isText = (place) => place.matches("input:not([type=checkbox], [type=radio], [type=file]), textarea");
// In a field people may also scan what belongs there, such as a number: only what is surely a pass is taken out of it.
const isPass = /(^|\/p\/)[A-HJKMNP-Z2-9]{26}\/?$/i;

// What was typed last: when, which sign, into what, and what stood there before.
let keys = [];
const isFast = (first, last) => last - first >= 2 && keys[last].at - keys[first].at < 35 * (last - first);

// Where the last burst begins; -1 for none. A scanner that was held up goes on as fast as before; no person does.
function beginning() {
    const end = keys.length - 1;
    let begin = keys.length;
    for (let last = end, first; last >= 0; last = first - 1) {
        first = last;
        while (first > 0 && keys[first].at - keys[first - 1].at < 100) first--;
        if (!isFast(first, last)) break;
        begin = first;
    }
    // The first key of all may have kept the browser busy for a moment.
    if (begin === 1 && !keys[0].before) begin = 0;
    if (end - begin >= 5) return begin;
    return end >= 5 && isFast(0, end) ? 0 : -1;
}

document.addEventListener("keydown", (event) => {
    const {key, target: place, timeStamp: at} = event, field = box();
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const isWriting = place !== field && isText(place);
    if (key.length === 1) {
        if (field && place !== field && !isWriting && key !== " ") {
            // The next scan takes the place of what the page has written.
            if (field.value === field.defaultValue) field.select();
            field.focus();
        }
        const into = isWriting || place.matches("select") ? place : field;
        if (at - (keys.at(-1)?.at ?? 0) > 1000) keys = [];
        keys.push({at, key, into, before: into?.value});
        // In the middle of a link it is no command (garita.js).
        if (key === "/" && isFast(Math.max(0, keys.length - 4), keys.length - 1)) event.stopPropagation();
    } else if (key === "Enter" || key === "Tab") {
        const begin = beginning(), burst = begin < 0 ? [] : keys.slice(begin);
        const text = burst.map((one) => one.key).join("");
        keys = [];
        if (!text || isWriting && !isPass.test(text)) return;
        event.preventDefault();
        const {into, before} = burst[0];
        // What somebody was looked for by must not stand before the next scan; what was written elsewhere stays.
        if (isWriting || into?.matches("select")) into.value = before;
        else if (field) field.value = "";
        if (field) document.dispatchEvent(new CustomEvent("scanned", {detail: text}));
        else carry(text);
    } else if (["Dead", "Backspace", "Delete"].includes(key)) {
        keys = [];
    }
}, true);
document.addEventListener("paste", () => { keys = []; });

// To the console, the way it was set last. Not in an address: it is a code.
function carry(text) {
    sessionStorage.setItem("garita-gate-scan", JSON.stringify({text, at: Date.now()}));
    const way = sessionStorage.getItem("garita-gate-direction");
    location.assign(way ? `/gate/?direction=${way}` : "/gate/");
}
