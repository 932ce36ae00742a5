/** Building the page without HTML texts: nothing from outside can ever become markup. */

type Value = string | number | boolean | null | undefined | ((event: never) => void);
export type Child = Node | string | false | null | undefined;

/**
 * Return a new element. `onclick` and the like add listeners, true and false set or leave out an
 * attribute, everything else is an attribute.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value != null && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  put(element, ...children);
  return element;
}

/** Replace what is in an element. */
export function put(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((child): child is Node | string => !!child));
}

/** Return a button that does something and never submits. */
export function button(
  name: string,
  onclick: () => void,
  attributes: Record<string, Value> = {},
): HTMLButtonElement {
  return h("button", { type: "button", onclick, ...attributes }, name);
}

/** Return a button that shows a picture; its name is for those who can't see it, and for a hint. */
export function iconButton(
  shape: Shape,
  name: string,
  onclick: () => void,
  attributes: Record<string, Value> = {},
): HTMLButtonElement {
  const made = button("", onclick, { class: "icon", "aria-label": name, title: name, ...attributes });
  made.append(icon(shape));
  return made;
}

/** Return words that only screen readers find. */
export function hidden(text: string): HTMLElement {
  return h("span", { class: "hidden" }, text);
}

const SHAPES = {
  chat: "M4 5h16v11H9l-5 4z",
  close: "M6 6l12 12M18 6L6 18",
  menu: "M5 7h14M5 12h14M5 17h14",
  send: "M4 12h15M13 6l6 6-6 6",
  voice: "M12 4a2 2 0 012 2v5a2 2 0 01-4 0V6a2 2 0 012-2zM7 11a5 5 0 0010 0M12 16v4",
  alert: "M12 4l9 16H3zM12 10v4M12 17v.5",
};
export type Shape = keyof typeof SHAPES;

/** Return a picture that says nothing to screen readers. */
export function icon(shape: Shape): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  if (shape === "send") svg.setAttribute("class", "mirrored");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[shape]);
  svg.append(path);
  return svg;
}
