// @ts-check
'use strict';

/* The controls that values are given with. Each gives its value, nothing, or says what is wrong with it. */
{
  /** @typedef {{type: string, format?: string, values?: string[], nullable?: boolean, minimum?: string, maximum?: string, above?: string, below?: string, step?: string, shortest?: number, longest?: number, pattern?: string, unique?: boolean, items?: Control}} Control */
  /** @typedef {{value?: any, wrong?: string}} Given nothing at all where there is no value */
  /** @typedef {{element: HTMLElement, read: () => Given, set: (value: any) => void}} Input */

  const { portolan } = /** @type {any} */ (globalThis);
  const own = portolan.console;
  const { say } = portolan;

  /** An element with a class, attributes and what is in it. @param {string} tag @param {string} [name] @param {Record<string, any>} [attributes] @param {...(Node | string)} inside @returns {any} */
  const make = (tag, name, attributes = {}, ...inside) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : String(value));
    element.append(...inside);
    return element;
  };

  const WORDS = /** @type {Record<string, RegExp>} */ ({
    date: /^\d{4}-\d\d-\d\d$/,
    'date-time': /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/,
    uuid: /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i,
    email: /^[^@\s]+@[^@\s]+$/,
    decimal: /^-?\d+(\.\d+)?$/,
  });
  const EXAMPLES = /** @type {Record<string, string>} */ ({ 'date-time': '2026-01-31T09:30:00Z', uuid: '00000000-0000-0000-0000-000000000000', duration: 'PT15M', uri: 'https://', time: '09:30:00Z' });

  /** What is wrong with a value, or nothing. @param {Control} control @param {any} value @returns {string | undefined} */
  const fault = (control, value) => {
    if (value === null) return control.nullable || control.type === 'any' ? undefined : say('console-not-null');
    const { minimum, maximum, above, below, step, shortest = 0, longest = Infinity, pattern, format } = control;
    if (value instanceof own.Digits) {
      const number = Number(value.text);
      if (minimum !== undefined && number < Number(minimum)) return say('console-at-least', { limit: minimum });
      if (maximum !== undefined && number > Number(maximum)) return say('console-at-most', { limit: maximum });
      if (above !== undefined && number <= Number(above)) return say('console-more-than', { limit: above });
      if (below !== undefined && number >= Number(below)) return say('console-less-than', { limit: below });
      const times = number / Number(step);
      if (step !== undefined && Math.abs(times - Math.round(times)) > 1e-9) return say('console-multiple-of', { limit: step });
      return;
    }
    if (typeof value === 'string' && control.type === 'string') {
      const length = [...value].length;
      if (length < shortest) return say('console-too-short', { count: shortest });
      if (length > longest) return say('console-too-long', { count: longest });
      const known = WORDS[format ?? ''];
      if (known && !known.test(value)) return say('console-no-format', { format: format ?? '' });
      return pattern === undefined || matches(pattern, value) ? undefined : say('console-no-pattern', { pattern });
    }
    if (Array.isArray(value)) {
      if (value.length < shortest) return say('console-too-few', { count: shortest });
      if (value.length > longest) return say('console-too-many', { count: longest });
      if (control.unique && new Set(value.map(own.write)).size < value.length) return say('console-not-unique');
      for (const item of value) {
        const wrong = control.items && fault(control.items, item);
        if (wrong) return wrong;
      }
    }
    return;
  };

  /** Whether a text fits a pattern of the document; one that a browser cannot read, or that could take for ever, fits all. @param {string} pattern @param {string} text */
  const matches = (pattern, text) => {
    const repeats = pattern.match(/[*+]|\{\d*,/g) ?? [];
    if (text.length > 200 || pattern.length > 200 || repeats.length > 2 || /\)[*+{]/.test(pattern)) return true;
    try {
      return new RegExp(pattern, 'u').test(text);
    } catch {
      return true;
    }
  };

  /** The value of a text. @param {Control} control @param {string} text @returns {Given} */
  const valueOf = (control, text) => {
    const { type } = control;
    if (type === 'boolean') return /^(true|false)$/.test(text) ? { value: text === 'true' } : { wrong: say('console-no-boolean') };
    if (type === 'integer' && !/^-?(0|[1-9]\d*)$/.test(text)) return { wrong: say('console-no-integer') };
    if (type === 'number' && !/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return { wrong: say('console-no-number') };
    if (type === 'integer' || type === 'number') return checked(control, new own.Digits(text));
    if (type === 'string' || type === 'file') return checked(control, text);
    try {
      const value = own.read(text);
      return type === 'any' && typeof value === 'string' ? { value: text } : checked(control, value);
    } catch (error) {
      return type === 'any' ? { value: text } : { wrong: say('console-no-json', { fault: /** @type {Error} */ (error).message }) };
    }
  };

  /** @param {Control} control @param {any} value @returns {Given} */
  const checked = (control, value) => {
    const wrong = fault(control, value);
    return wrong ? { value, wrong } : { value };
  };

  /** Some values to choose from. @param {Control} control @param {string[]} values as JSON @returns {Input} */
  const choice = (control, values) => {
    const element = make('select', 'console-input');
    element.append(make('option', '', { value: '' }, say('console-not-set')));
    for (const json of control.nullable && !values.includes('null') ? [...values, 'null'] : values) {
      element.append(make('option', '', { value: json }, own.plain(own.read(json)) || '""'));
    }
    return {
      element,
      read: () => (element.value ? { value: own.read(element.value) } : {}),
      set: (value) => (element.value = value === undefined ? '' : own.write(value)),
    };
  };

  /** Several of some values. @param {string[]} values as JSON @returns {Input} */
  const choices = (values) => {
    const boxes = values.map((json) => make('input', '', { type: 'checkbox', value: json }));
    const element = make('div', 'console-boxes', { role: 'group' }, ...boxes.map((box, index) => make('label', '', {}, box, own.plain(own.read(values[index])))));
    return {
      element,
      read: () => {
        const value = boxes.filter((box) => box.checked).map((box) => own.read(box.value));
        return value.length ? { value } : {};
      },
      set: (value) => boxes.forEach((box) => (box.checked = Array.isArray(value) && value.some((item) => own.write(item) === box.value))),
    };
  };

  /** Files. @param {boolean} several @returns {Input} */
  const files = (several) => {
    const element = make('input', 'console-input', { type: 'file', multiple: several });
    return {
      element,
      read: () => {
        const list = [...element.files];
        return list.length ? { value: several ? list : list[0] } : {};
      },
      // What a sample sends is an example; a reader chooses a file of their own.
      set: () => (element.value = ''),
    };
  };

  /** Text, over lines where it may be long. @param {Control} control @param {string} [placeholder] @returns {Input} */
  const field = (control, placeholder) => {
    const { type, format } = control;
    const isLong = type === 'json' || type === 'list';
    const kinds = /** @type {Record<string, string>} */ ({ date: 'date', email: 'email', password: 'password' });
    const modes = /** @type {Record<string, string>} */ ({ integer: 'numeric', number: 'decimal' });
    const element = make(isLong ? 'textarea' : 'input', 'console-input', {
      type: isLong ? undefined : (kinds[format ?? ''] ?? 'text'),
      inputmode: modes[type],
      rows: isLong ? 2 : undefined,
      placeholder: placeholder ?? (type === 'list' ? say('console-one-a-line') : EXAMPLES[format ?? '']),
      autocomplete: 'off',
      autocapitalize: 'off',
      spellcheck: 'false',
      dir: 'auto',
    });
    return {
      element,
      read: () => {
        const text = String(element.value);
        if (text === '') return {};
        if (type !== 'list') return valueOf(control, text);
        const given = text.split('\n').filter((line) => line !== '').map((line) => valueOf(control.items ?? { type: 'any' }, line));
        const wrong = given.find((item) => item.wrong)?.wrong;
        const value = given.map((item) => item.value);
        if (wrong) return given.every((item) => 'value' in item) ? { value, wrong } : { wrong };
        return value.length ? checked(control, value) : {};
      },
      set: (value) => {
        const lines = type === 'list' && Array.isArray(value) ? value.map(own.plain) : undefined;
        element.value = value === undefined ? '' : (lines?.join('\n') ?? (type === 'json' ? own.write(value, '  ') : own.plain(value)));
        if (isLong) element.rows = Math.min(8, Math.max(2, element.value.split('\n').length));
      },
    };
  };

  /** The control for a type. @param {Control} control @param {string} [placeholder] @returns {Input} */
  const input = (control, placeholder) => {
    const { type, values = [], items } = control;
    if (values.length) return choice(control, values);
    if (type === 'boolean') return choice(control, ['true', 'false']);
    if (type === 'file') return files(false);
    if (type === 'list' && items?.type === 'file') return files(true);
    if (type === 'list' && items?.values?.length && items.values.length <= 24) return choices(items.values);
    return field(control, placeholder);
  };

  let count = 0;

  /**
   * A control with its label, what is known of it, and a place for what is wrong.
   * @param {{name: string, control: Control, required?: boolean, deprecated?: boolean, default?: string, hint?: string}} spec
   */
  own.field = (spec) => {
    const id = `_console-${count++}`;
    const known = spec.default === undefined ? undefined : own.plain(own.read(spec.default));
    const { element, read, set } = input(spec.control, known);
    const isGroup = element.getAttribute('role') === 'group';
    const wrong = make('p', 'console-wrong', { id: `${id}-wrong`, hidden: true });
    const label = make(isGroup ? 'span' : 'label', 'console-label', isGroup ? { id: `${id}-label` } : { for: id }, make('span', 'console-name', { dir: 'auto' }, spec.name));
    if (spec.required) label.append(' ', make('span', 'row-mark', { 'data-mark': 'required' }, say('console-required')));
    if (spec.deprecated) label.append(' ', make('span', 'row-mark', { 'data-mark': 'deprecated' }, say('deprecated')));
    const { type, format, items } = spec.control;
    const words = format ?? (type === 'any' ? '' : type === 'list' ? items?.type : type);
    if (words) label.append(' ', make('small', '', {}, type === 'list' ? `${words}[]` : words));
    if (spec.hint) label.append(make('span', 'console-hint', { dir: 'auto' }, spec.hint));
    element.id = id;
    if (isGroup) element.setAttribute('aria-labelledby', `${id}-label`);
    else if (spec.required) element.setAttribute('aria-required', 'true');
    element.setAttribute('aria-describedby', wrong.id);
    /** @param {string} [text] */
    const show = (text) => {
      wrong.textContent = text ?? '';
      wrong.hidden = !text;
      if (!isGroup && text) element.setAttribute('aria-invalid', 'true');
      else element.removeAttribute('aria-invalid');
    };
    element.addEventListener('input', () => show());
    return {
      spec,
      input: element,
      element: make('div', 'console-field', {}, label, element, wrong),
      set,
      show,
      /** @returns {Given} */
      read() {
        const given = read();
        return spec.required && !('value' in given) && !given.wrong ? { wrong: say('console-missing') } : given;
      },
      /** Reads, and says what is wrong. @returns {Given} */
      tell() {
        const given = this.read();
        show(given.wrong);
        return given;
      },
    };
  };

  own.make = make;
}
