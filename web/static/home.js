// What a phone can do better: the sheet by which people send things, where the browser has one.
for (const button of document.querySelectorAll("[data-share]")) {
    if (!navigator.share) break;
    button.hidden = false;
    // Whoever closes the sheet has sent nothing, which is no fault.
    button.addEventListener("click", () =>
        navigator.share({ text: button.dataset.share, url: button.dataset.url }).catch(() => {}));
}
