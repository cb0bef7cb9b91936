/** An element of a parsed document. Names are without prefix; attributes keep theirs (`xsi:type`). */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Own character data, children's not included. */
  readonly text: string;
}

export const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** The first element down the path of names, else null. */
export function elementAt(element: XmlElement, ...path: readonly string[]): XmlElement | null {
  let current: XmlElement | undefined = element;
  for (const name of path) current = current?.children.find((child) => child.name === name);
  return current ?? null;
}

/** All elements of the name below `element`, in document order. */
export function descendantsOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendantsOf(child, name)]);
}

/** Text as written without the blanks of the layout around it; null where there is none. */
export function textOf(element: XmlElement | null): string | null {
  const text = element?.text.trim();
  return text === undefined || text === '' ? null : text;
}

export const textAt = (element: XmlElement, ...path: readonly string[]): string | null =>
  textOf(elementAt(element, ...path));

/** Attribute as written; null where absent or blank. */
export function attributeOf(element: XmlElement | null, name: string): string | null {
  const value = element?.attributes.get(name)?.trim();
  return value === undefined || value === '' ? null : value;
}

/** The `type` of XML Schema instance, whatever its prefix is called. */
export function schemaTypeOf(element: XmlElement): string | null {
  for (const [name, value] of element.attributes) if (name.endsWith(':type')) return value;
  return null;
}
