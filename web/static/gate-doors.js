// What becomes of a door that was opened: the line changes as its state does. Without scripts a link shows it.

const period = 500, patience = 40;
const isSettled = (one) => one.hasAttribute("data-settled");

// Of a verdict that is shown by gate.js as well: each line is followed once.
const followed = new WeakSet();
async function follow(line) {
    followed.add(line);
    for (let tries = 0; tries < patience && line.isConnected && !isSettled(line); tries++) {
        await new Promise((done) => setTimeout(done, period));
        if (!line.isConnected || document.hidden) continue;
        const answer = await fetch(line.dataset.openings, {redirect: "error"}).catch(() => null);
        if (!answer?.ok) continue;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const now = page.querySelector("[data-openings]");
        if (!now || !line.isConnected || now.innerHTML === line.innerHTML) continue;
        line.className = now.className;
        line.toggleAttribute("data-settled", isSettled(now));
        line.replaceChildren(...now.childNodes);
        // Of an emergency the notice above tells the same.
        const [notice, newer] = [document, page].map((one) => one.querySelector("main > .emergency"));
        if (notice && newer) notice.replaceWith(newer);
        // A door that did not open keeps the verdict on the screen (gate.js).
        if (now.classList.contains("bad")) document.dispatchEvent(new CustomEvent("doorfailed"));
    }
}
const look = () => {
    for (const line of document.querySelectorAll("[data-openings]:not([data-settled])")) if (!followed.has(line)) follow(line);
};
new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
look();
