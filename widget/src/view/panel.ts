/** The chat's window: a dialog beside the page, and over all of it on a small screen. */
import { button, h, iconButton, put } from "../dom";
import { isHere } from "../links";
import type { Context } from "./context";
import { createComposer, type Composer } from "./composer";
import { createConsultation, type Consultation } from "./consultation";
import { createLog, type Log } from "./log";
import { createMenu } from "./menu";

export interface Panel {
  element: HTMLDialogElement;
  composer: Composer;
  consultation: Consultation;
  log: Log;
  /** @param isAsked whether the visitor asked for it: only then the focus comes along. */
  show(isAsked: boolean): void;
  hide(): void;
  render(): void;
  /** Say in words how the line to the server is; nothing when all is well. */
  line(problem: string): void;
  openMenu(focus: string): void;
}

/** The chat takes the whole of such a screen; the same in style.css. */
const SMALL = "(max-width: 480px), (max-height: 480px)";

export function createPanel(context: Context): Panel {
  const { words, options } = context;
  const log = createLog(context);
  const composer = createComposer(context);
  const menu = createMenu(context);
  const consultation = createConsultation(context, () => toForm(false));
  const small = matchMedia(SMALL);

  const line = h("p", { class: "line", role: "status", hidden: true });
  const openForm = button(words("form_open"), () => toForm(true), { class: "primary" });
  const bar = h("div", { class: "bar", hidden: true }, h("span", {}, words("form_offer")), openForm);
  const chat = h("div", { class: "chat" }, log.element, bar, composer.element);
  const toggle = iconButton("menu", words("menu"), () => toMenu(menu.hidden), {
    "aria-expanded": "false",
    "aria-controls": "menu",
  });
  const element = h(
    "dialog",
    { "aria-labelledby": "title", "aria-describedby": "notice", onkeydown: pressed },
    h(
      "header",
      {},
      options.avatar ? h("img", { src: options.avatar, alt: "", width: "40", height: "40" }) : null,
      h("div", { class: "name" }, h("h2", { id: "title", tabindex: "-1" }, context.title), h("p", {}, words("subtitle"))),
      toggle,
      iconButton("close", words("close"), () => context.close()),
    ),
    h("div", { class: "notice", id: "notice" }, h("p", {}, words("notice")), h("p", {}, words("notice_emergency"))),
    menu,
    line,
    chat,
    consultation.element,
  );
  // Keys are for this window: a page's own shortcuts must not fire while somebody types.
  for (const type of ["keyup", "keypress"]) element.addEventListener(type, (e) => e.stopPropagation());
  element.addEventListener("cancel", (event) => {
    event.preventDefault();
    escape();
  });

  // Where the chat covers the page, it makes way for the section that was asked for.
  element.addEventListener("click", ({ target }) => {
    const address = (target as Element).closest("a")?.href;
    if (small.matches && address && isHere(address)) context.close();
  });

  function pressed(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      escape();
    }
  }

  function escape(): void {
    if (menu.hidden) context.close();
    else toMenu(false);
  }

  function toMenu(isOpen: boolean): void {
    menu.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) toggle.focus();
  }

  function toForm(isOpen: boolean): void {
    chat.hidden = isOpen;
    consultation.element.hidden = !isOpen;
    if (isOpen) consultation.open();
    else {
      log.toEnd();
      composer.focus();
    }
    render();
  }

  function render(): void {
    // First, for it takes room from the log, which scrolls to what is new.
    bar.hidden = !context.state.hasForm;
    log.render();
  }

  /** Above an on-screen keyboard, which not every browser takes off the window's height. */
  function fit(): void {
    const view = visualViewport;
    if (!view) return;
    element.style.setProperty("--height", small.matches ? `${view.height}px` : "");
    element.style.setProperty("--top", small.matches ? `${view.offsetTop}px` : "");
  }
  visualViewport?.addEventListener("resize", fit);
  visualViewport?.addEventListener("scroll", fit);
  small.addEventListener("change", () => {
    if (!element.open) return;
    element.close();
    open();
  });

  function open(): void {
    fit();
    if (element.open) return;
    // Over the whole screen, what is below must not be reached by accident.
    if (small.matches) element.showModal();
    else element.show();
  }

  return {
    element,
    composer,
    consultation,
    log,
    show(isAsked) {
      const before = element.getRootNode() as ShadowRoot;
      const focused = document.activeElement;
      if (isAsked || !small.matches) open();
      if (isAsked) {
        // Where there is no keyboard, one would jump up and hide the conversation.
        if (matchMedia("(pointer: fine)").matches) composer.focus();
        else (before.getElementById("title") ?? element).focus();
      } else if (focused instanceof HTMLElement && focused !== document.body) focused.focus();
      else (before.activeElement as HTMLElement | null)?.blur();
      log.toEnd();
    },
    hide: () => element.close(),
    render,
    line(problem) {
      line.hidden = !problem;
      put(line, problem);
    },
    openMenu(focus) {
      toMenu(true);
      (element.getRootNode() as ShadowRoot).getElementById(focus)?.focus();
    },
  };
}
