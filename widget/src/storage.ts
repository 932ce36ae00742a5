/**
 * What the browser keeps for us. Storage can be denied (private windows, settings, embedded pages)
 * or full: then everything goes on from memory, and only a reload forgets it.
 */

export interface Store {
  read<T>(name: string): T | undefined;
  write(name: string, value: unknown): void;
  remove(name: string): void;
}

/**
 * Return a store whose names all begin with `prefix`, so that two servers never meet.
 *
 * @param area returns the browser's storage; asking for it may throw already.
 */
export function createStore(prefix: string, area: () => Storage): Store {
  const memory = new Map<string, string>();
  const attempt = <T>(action: (storage: Storage) => T): T | undefined => {
    try {
      return action(area());
    } catch {
      return undefined;
    }
  };
  return {
    read<T>(name: string): T | undefined {
      const key = prefix + name;
      const text = memory.get(key) ?? attempt((storage) => storage.getItem(key));
      try {
        return text == null ? undefined : (JSON.parse(text) as T);
      } catch {
        return undefined; // somebody else wrote there
      }
    },
    write(name, value) {
      const key = prefix + name;
      const text = JSON.stringify(value);
      const isKept = attempt((storage) => (storage.setItem(key, text), true));
      // Another tab may change what is in the storage: memory is for what isn't.
      if (isKept) memory.delete(key);
      else memory.set(key, text);
    },
    remove(name) {
      memory.delete(prefix + name);
      attempt((storage) => storage.removeItem(prefix + name));
    },
  };
}
