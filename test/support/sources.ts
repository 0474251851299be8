import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** The project's folder. */
export const root = join(import.meta.dirname, '../..');
/** The TypeScript files of some folders, by their paths from the project's folder. */
const filesIn = (...folders: string[]) =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .sort(),
  );
/** Every TypeScript file of the project with its text. */
export const sources = new Map(
  filesIn('src', 'dialogs', 'test').map((file) => [file, readFileSync(join(root, file), 'utf8')]),
);
/** Those that are not tests. */
export const ours = [...sources].filter(([file]) => !file.startsWith('test/'));
/** Every import, of a file by its path and of a package by its name. */
export const imports = [...sources].flatMap(([file, text]) =>
  ts.preProcessFile(text).importedFiles.map(({ fileName }) => ({ from: file, to: targetOf(file, fileName) })),
);
/** The imports of ours of files of ours. */
export const inside = imports.filter(({ from, to }) => !from.startsWith('test/') && /^(src|dialogs|test)\//.test(to));
/** An import as a sentence. */
export const sentence = ({ from, to }: { from: string; to: string }) => `${from} imports ${to}`;

/** A file of ours by its path, a package by its name. */
export function targetOf(from: string, name: string): string {
  return name.startsWith('.') ? relative(root, resolve(root, dirname(from), name)).replaceAll('\\', '/') : name;
}

/** A file as TypeScript reads it. */
export function parsed(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}
