// Compiles source texts that exist in memory only, beside the files of the project.
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const root = fileURLToPath(new URL('../..', import.meta.url))

const config = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config as unknown // checked by the next line
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)

/** A program of these texts, by path, under the options of the project. */
export const compile = (texts: ReadonlyMap<string, string>, changes: ts.CompilerOptions = {}): ts.Program => {
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (file) => texts.has(file) || fileExists(file)
  host.readFile = (file) => texts.get(file) ?? readFile(file)
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file)
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version)
  }
  return ts.createProgram([...texts.keys()], { ...options, ...changes }, host)
}

/** The errors of one file, as the compiler words them. */
export const errors = (program: ts.Program, file: string): readonly string[] =>
  program.getSemanticDiagnostics(program.getSourceFile(file))
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
