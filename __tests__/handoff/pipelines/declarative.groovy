// What a declarative Jenkinsfile may hold where: groovy declarative.groovy FILE … runs each file against these sections, with
// steps that do nothing, and prints a line for each. A file is wrong where Groovy can't read it, or where a section is unknown, stands in the wrong place, twice, or is missing
// (jenkins.io/doc/book/pipeline/syntax).
import groovy.transform.Field

@Field Map<String, Map<String, String>> sections = [
  pipeline: [agent: 'agent', options: 'open', environment: 'values', parameters: 'open', triggers: 'open', stages: 'stages', post: 'open'],
  stages: [stage: 'stage'],
  parallel: [stage: 'branch'],
  stage: [agent: 'agent', steps: 'steps', parallel: 'parallel', stages: 'stages', input: 'input', when: 'open', environment: 'values', options: 'open'],
  branch: [agent: 'agent', steps: 'steps', stages: 'stages', input: 'input', when: 'open', environment: 'values', options: 'open'],
  agent: [docker: 'open', label: null, node: 'open'],
  input: [message: null, id: null, ok: null, submitter: null, parameters: 'open'],
  steps: [sh: null, echo: null, stash: null, unstash: null, withCredentials: 'steps', lock: 'steps', string: null, file: null],
]
@Field Map<String, List<String>> needed = [pipeline: ['agent', 'stages'], stages: ['stage'], parallel: ['stage'], input: ['message'], steps: []]

class Section {
  def checker; String kind; String path; List<String> seen = []; Set<String> names = []
  def methodMissing(String name, Object arguments) {
    def allowed = checker.sections[kind]
    if (allowed == null) return null
    if (!allowed.containsKey(name)) throw new IllegalStateException("$path: there is no '$name' in $kind")
    if (name != 'stage' && kind != 'steps' && name in seen) throw new IllegalStateException("$path: '$name' stands twice")
    seen << name
    def label = arguments.find { it instanceof String }
    if (name == 'stage' && !names.add(label)) throw new IllegalStateException("$path: two stages are called '$label'")
    def body = arguments.find { it instanceof Closure }
    if (body) checker.check(allowed[name] ?: 'open', "$path/${label ?: name}", body)
    else if (name in ['stages', 'stage', 'steps', 'parallel']) throw new IllegalStateException("$path: '$name' has no block")
    return null
  }
  def propertyMissing(String name) { [none: 'none', any: 'any', env: [:], params: [:]].get(name) }
  void setProperty(String name, Object value) {
    if (name in ['checker', 'kind', 'path', 'seen', 'names']) { this.@"$name" = value; return }
    if (kind != 'values') throw new IllegalStateException("$path: '$name = …' stands outside of environment")
    if (!(value instanceof String)) throw new IllegalStateException("$path: '$name' is no text")
  }
}

void check(String kind, String path, Closure body) {
  def section = new Section(checker: this, kind: kind, path: path)
  body.delegate = section
  body.resolveStrategy = Closure.DELEGATE_ONLY
  body.call()
  needed[kind]?.each { if (!(it in section.seen)) throw new IllegalStateException("$path: '$it' is missing") }
  if (kind in ['stage', 'branch'] && section.seen.count { it in ['steps', 'parallel', 'stages'] } != 1)
    throw new IllegalStateException("$path: a stage has steps, parallel or stages, exactly one of them")
  if (kind == 'stage' && 'parallel' in section.seen && 'agent' in section.seen)
    throw new IllegalStateException("$path: a stage of parallel ones has no agent of its own")
}

def checker = this
args.each { path ->
  def file = new File(path)
  def binding = new Binding(pipeline: { Closure body -> checker.check('pipeline', file.name, body) })
  try {
    new GroovyShell(binding).evaluate(file)
    println "$file.name: ok"
  } catch (Exception problem) {
    println "$file.name: ${problem.message.readLines().first()}"
  }
}
