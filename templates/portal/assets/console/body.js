// @ts-check
'use strict';

/* The body of a request: its forms, as text to edit, as the fields of a form, or as a file. */
{
  const { portolan } = /** @type {any} */ (globalThis);
  const own = portolan.console;
  const { say } = portolan;

  /** @typedef {{element: HTMLElement, set: (text: string | undefined) => void, read: (isShown?: boolean) => {value?: any, text?: string, wrong?: string}}} Editor */

  /** Text: JSON, lines of JSON, or anything else. @param {any} form @returns {Editor} */
  const textEditor = (form) => {
    const { make } = own;
    const id = `_console-body-${form.index}`;
    const wrong = make('p', 'console-wrong', { id: `${id}-wrong`, hidden: true });
    const input = make('textarea', 'console-input console-editor', { id, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', dir: 'ltr', 'aria-label': say('console-body'), 'aria-describedby': wrong.id });
    const grow = () => (input.rows = Math.min(22, Math.max(4, input.value.split('\n').length + 1)));
    input.addEventListener('input', grow);
    /** @param {string} text */
    const valueOf = (text) => {
      if (form.kind === 'json' || form.fields) return own.read(text);
      if (form.kind === 'json_lines') return text.split('\n').filter((line) => line.trim()).map((line) => own.read(line));
      return text;
    };
    return {
      element: make('div', 'console-field', {}, input, wrong),
      set: (text = '') => {
        input.value = text;
        grow();
      },
      read() {
        const text = input.value;
        let fault = '';
        let value;
        try {
          if (text.trim()) value = valueOf(text);
        } catch (error) {
          fault = say('console-no-json', { fault: /** @type {Error} */ (error).message });
        }
        if (!fault && form.fields && value !== undefined && !(value instanceof Map)) fault = say('console-no-object');
        wrong.textContent = fault;
        wrong.hidden = !fault;
        if (fault) input.setAttribute('aria-invalid', 'true');
        else input.removeAttribute('aria-invalid');
        return fault ? { wrong: fault } : value === undefined ? {} : { value, text: form.kind === 'json_lines' ? `${text.trimEnd()}\n` : text };
      },
    };
  };

  /** Fields, one for each member. @param {any} form @returns {Editor} */
  const fieldsEditor = (form) => {
    const fields = form.fields.map((/** @type {any} */ spec) => own.field({ ...spec, hint: own.hint('body', spec.name) }));
    /** What an example gives, which no field holds. @type {Map<string, any>} */
    let example = new Map();
    return {
      element: own.make('div', 'console-fields', {}, ...fields.map((/** @type {any} */ field) => field.element)),
      set(text) {
        const value = text ? own.read(text) : undefined;
        example = value instanceof Map ? value : new Map();
        for (const field of fields) field.set(example.get(field.spec.name));
      },
      read(isShown) {
        /** @type {Map<string, any>} */
        const found = new Map();
        let wrong;
        let isWhole = true;
        for (const field of fields) {
          const given = isShown ? field.read() : field.tell();
          const { name, control } = field.spec;
          const isFile = control.type === 'file' || control.items?.type === 'file';
          if ('value' in given) found.set(name, given.value);
          // In code a file has a name before it is chosen.
          else if (isShown && isFile && example.has(name)) found.set(name, example.get(name));
          wrong ??= given.wrong;
          if (given.wrong && !('value' in given)) isWhole = false;
        }
        // In the order of the example, as the sample has it.
        const names = [...new Set([...[...example.keys()].filter((name) => found.has(name)), ...found.keys()])];
        const value = new Map(names.map((name) => [name, found.get(name)]));
        return wrong && !isShown ? { wrong, ...(isWhole && { value }) } : { value };
      },
    };
  };

  /** A file. @param {any} form @returns {Editor} */
  const fileEditor = (form) => {
    const field = own.field({ name: form.type, control: { type: 'file' } });
    return {
      element: field.element,
      set: () => {},
      read: (isShown) => {
        const given = field.read();
        return 'value' in given || !isShown ? given : { value: '' };
      },
    };
  };

  /** @param {any} operation */
  own.bodyOf = (operation) => {
    const { make } = own;
    const forms = (operation.bodies ?? []).map((/** @type {any} */ form, /** @type {number} */ index) => ({ ...form, index }));
    if (!forms.length) return null;
    const editors = forms.map((/** @type {any} */ form) => {
      const inParts = form.kind === 'form' || form.kind === 'multipart';
      if (form.kind === 'binary') return fileEditor(form);
      return form.fields && inParts ? fieldsEditor(form) : textEditor(inParts ? { ...form, fields: [] } : form);
    });
    editors.forEach((/** @type {Editor} */ editor, /** @type {number} */ index) => editor.set(forms[index].text));
    const select = make('select', 'console-input', { id: '_console-media-type' });
    forms.forEach((/** @type {any} */ form, /** @type {number} */ index) => select.append(make('option', '', { value: index }, form.type)));
    const send = make('input', '', { type: 'checkbox', checked: true });
    const place = make('div', 'console-fields');
    const draw = () => place.replaceChildren(...(operation.bodyRequired || send.checked ? [editors[select.value].element] : []));
    select.addEventListener('change', draw);
    send.addEventListener('change', draw);
    draw();
    const type = make('div', 'console-field', {}, make('label', 'console-label', { for: select.id }, say('console-media-type')), select);
    const optional = make('label', 'console-check', {}, send, say('console-with-body'));
    return {
      element: make('div', 'console-fields', {}, ...(operation.bodyRequired ? [] : [optional]), ...(forms.length > 1 ? [type] : []), place),
      /** The preferred form, as an example has it. @param {string | undefined} text */
      set(text) {
        send.checked = text !== undefined || forms[0].kind === 'binary';
        select.value = '0';
        editors[0].set(text);
        draw();
      },
      /** For code when `isShown`: then nothing is said to be wrong. @param {boolean} [isShown] */
      read(isShown) {
        const formIndex = Number(select.value);
        if (!operation.bodyRequired && !send.checked) return { formIndex, form: forms[formIndex] };
        const given = editors[formIndex].read(isShown);
        const isMissing = operation.bodyRequired && !isShown && !('value' in given) && !given.wrong;
        return { ...given, ...(isMissing && { wrong: say('console-missing') }), formIndex, form: forms[formIndex] };
      },
    };
  };
}
