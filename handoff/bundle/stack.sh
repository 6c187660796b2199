#!/bin/sh
# What the Makefile's targets do to one stack of this fleet: stack.sh VERB [STACK or CLUSTER].
# Needs terraform (or TF=tofu) and jq. Made by Meridian; the next bundle overwrites it.
set -eu

case $0 in */*) cd -- "${0%/*}" ;; esac
ROOT=$PWD
TF=${TF:-terraform}
VERB=${1:?which verb? see the Makefile}
STACK=${2-}
SUFFIX=apply

# The Kubernetes and Helm providers would prefer these to the credential plugin.
unset KUBE_TOKEN KUBE_CONFIG_PATH KUBE_CONFIG_PATHS
export TF_IN_AUTOMATION=1

say() { printf '%s\n' "${STACK:+$STACK: }$*" >&2; }
die() {
  say "$*"
  exit 1
}
fact() { jq -r --arg stack "$STACK" "$@" "$ROOT/bundle.json"; }
of_stack() { fact ".stacks[] | select(.id == \$stack) | $1"; }
tf() { "$TF" "-chdir=$ROOT/$FOLDER" "$@"; }

# The program, the logins' programs, and the state: before anything is asked of a cloud.
need_tools() {
  command -v "$TF" >/dev/null || die "'$TF' is not on PATH: install Terraform, or say TF=tofu"
  command -v jq >/dev/null || { echo "'jq' is not on PATH: install it" >&2; exit 1; }
  for half in "$ROOT"/.synth-*/journal.json; do
    [ ! -e "$half" ] || die "a new bundle was being written here and was stopped, so some files are new and some old: have it made again"
  done
}
need_stack() {
  need_tools
  FOLDER=$(of_stack .folder)
  [ -n "$FOLDER" ] || die "there is no such stack; 'make order' lists them"
  FOLDER=terraform/$FOLDER
  for program in $(of_stack '.programs[]'); do
    command -v "$program" >/dev/null ||
      die "needs '$program' on PATH: it fetches the token for the cluster's API ('make logins' says which stack needs what)"
  done
  need_state
}
# A fleet that was applied must not be made a second time because its state is somewhere else.
need_state() {
  [ "$(fact .state.local)" = true ] || return 0
  mkdir -p "$ROOT/state"
  if [ -e "$ROOT/applied/$STACK" ] && [ ! -e "$ROOT/state/$STACK.tfstate" ]; then
    die "was applied before (applied/$STACK says so), but state/$STACK.tfstate isn't here: bring the folder state/ from where it was applied. Without it everything would be made a second time"
  fi
  [ -z "${FIRST_DAY-}" ] || return 0
  for known in "$ROOT"/state/*.tfstate "$ROOT"/applied/*; do
    [ ! -e "$known" ] || return 0
  done
  die "there is no state in this folder. Was the fleet applied before? Then bring the folder state/ from there. Is it new? Then 'make first-day'"
}

# A provider is downloaded once for all stacks; Terraform's cache takes one writer at a time.
init() {
  mark=$ROOT/$FOLDER/.terraform/meridian
  wanted=$(jq -cS '.terraform' "$ROOT/$FOLDER/cdk.tf.json")
  if [ -f "$mark" ] && [ "$(cat "$mark")" = "$wanted" ]; then return 0; fi
  export TF_PLUGIN_CACHE_DIR="${TF_PLUGIN_CACHE_DIR-$ROOT/.plugins}"
  [ -z "$TF_PLUGIN_CACHE_DIR" ] || mkdir -p "$TF_PLUGIN_CACHE_DIR"
  # without a lock file Terraform would pass the cache by (since 1.4)
  [ -e "$ROOT/$FOLDER/.terraform.lock.hcl" ] || export TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE=true
  waited=0
  until mkdir "$ROOT/.init" 2>/dev/null; do
    waited=$((waited + 1))
    [ $((waited % 60)) -ne 0 ] || say "still waiting for another init; if none runs, remove the folder $ROOT/.init"
    sleep 1
  done
  trap 'rmdir "$ROOT/.init" 2>/dev/null || true' EXIT
  done=0
  printed=$(tf init -input=false -lock-timeout=5m -no-color 2>&1) || done=$?
  rmdir "$ROOT/.init"
  trap - EXIT
  if [ $done -ne 0 ]; then
    printf '%s\n' "$printed" >&2
    die "init failed"
  fi
  mkdir -p "${mark%/*}"
  printf '%s\n' "$wanted" >"$mark"
}

# A variable that is named neither in terraform.tfvars nor in the environment keeps what was applied last, where the
# stack says that in an output of the same name. In the environment it is named for this run, so it goes before the file,
# which to Terraform is the other way round.
variables() {
  VARIABLES=
  KEPT=
  if [ -e "$ROOT/terraform.tfvars" ] && [ "$(of_stack '.variables | length')" -gt 0 ]; then
    VARIABLES="-var-file=$ROOT/terraform.tfvars"
  fi
  for name in $(of_stack '.variables[] | select(.kept) | .name'); do
    eval "given=\${TF_VAR_$name-}"
    if [ -n "$given" ]; then
      case $given in *[!A-Za-z0-9_.:@-]*) die "$name can't be '$given': a tag has letters, digits, _ . and -, a digest @sha256: too" ;; esac
      KEPT="$KEPT -var=$name=$given"
      continue
    fi
    [ -z "$VARIABLES" ] || ! grep -Eq "^[[:space:]]*$name[[:space:]]*=" "$ROOT/terraform.tfvars" || continue
    last=$(kept "$name") || exit 1
    [ -z "$last" ] || export "TF_VAR_$name=$last"
  done
}

# What an output was applied with, or nothing. Of a state without any `output -raw` prints a warning, and ends well.
output() { tf output -json 2>/dev/null | jq -r --arg name "$1" '.[$name].value // ""' 2>/dev/null || true; }

# What a variable that nobody names is: as it was applied last. A stack that never was begins as the same application's
# stacks on the other clusters have it, where they agree: a new generation starts from what serves.
kept() {
  last=$(output "$1")
  if [ -n "$last" ]; then
    say "$1 stays $last"
    printf '%s' "$last"
    return 0
  fi
  like=
  for other in $(of_stack '.like // [] | .[]'); do
    there=$("$ROOT/stack.sh" value "$other" "$1" 2>/dev/null) || there=
    [ -n "$there" ] || continue
    if [ -n "$like" ] && [ "$there" != "$last" ]; then
      die "$1 is $last in $like and $there in $other, and nothing was applied here yet: say which, TF_VAR_$1=…"
    fi
    like=$other
    last=$there
  done
  [ -n "$last" ] || return 0
  say "$1 begins as $last, as in $like"
  printf '%s' "$last"
}

# plan MODE FILE: 0 nothing to do, 2 a plan is in FILE, 3 its producers come first
plan() {
  variables
  code=0
  rm -f "$ROOT/$FOLDER/$2"
  mkdir -p "$ROOT/.run"
  umask 077
  # shellcheck disable=SC2086 # empty or one word; a word for each tag
  tf plan -input=false -lock-timeout=5m -compact-warnings -detailed-exitcode -out="$2" $1 ${VARIABLES:+"$VARIABLES"} $KEPT ${NO_LOCK:+-lock=false} \
    2>"$ROOT/.run/$STACK.stderr" || code=$?
  cat "$ROOT/.run/$STACK.stderr" >&2
  if [ $code -eq 1 ]; then
    rm -f "$ROOT/$FOLDER/$2"
    if grep -q -e 'Unable to find remote state' -e 'does not have an attribute named' "$ROOT/.run/$STACK.stderr"; then code=3; fi
  fi
  rm -f "$ROOT/.run/$STACK.stderr"
  return $code
}
producers() { of_stack '.after | join(", ")'; }

# What a plan does, from its JSON, which holds what the state holds and so is never a file.
judge() {
  tf show -json "$1" | jq -rn --arg stack "$STACK" --arg show "$2" --arg allow "${ALLOW-}" --slurpfile bundle "$ROOT/bundle.json" -f "$ROOT/plan.jq"
}
# The first line that the guard prints says that it looked: an empty answer is none.
guard() {
  verdict=$(judge "$1" guard)
  case $verdict in
    "judged: nothing refused") ;;
    "judged: "*)
      printf '%s\n' "$verdict" | while IFS= read -r line; do say "$line"; done
      return 1
      ;;
    *) die "the plan could not be judged, so it is not applied" ;;
  esac
}

approve() {
  [ -z "${YES-}" ] || return 0
  # with -j make keeps back what a stack says until it is done, and with it the question
  if [ ! -t 0 ] || [ ! -t 2 ]; then
    die "nobody is here to approve this plan, or -j hides the question: 'YES=1' applies what the guard lets pass"
  fi
  printf '%s: apply this plan? yes or no: ' "$STACK" >&2
  read -r answer
  [ "$answer" = yes ] || die "not applied"
}

applied() {
  if [ "$(fact .state.local)" = true ]; then
    mkdir -p "$ROOT/applied"
    : >"$ROOT/applied/$STACK"
  fi
  mkdir -p "$ROOT/.run"
  : >"$ROOT/.run/$STACK.$SUFFIX"
}

# apply_file FILE: the very plan that was judged and approved
apply_file() {
  # what an ephemeral variable holds is in no plan, so Terraform asks for it again
  ephemeral=
  if [ "$(of_stack '[.variables[] | select(.ephemeral)] | length')" -gt 0 ]; then ephemeral=${VARIABLES-}; fi
  # a stack that fails half-way has a state too
  if [ "$(fact .state.local)" = true ]; then
    mkdir -p "$ROOT/applied"
    : >"$ROOT/applied/$STACK"
  fi
  failed=0
  back=$(judge "$1" back) || die "the plan could not be read, so it is not applied"
  tf apply -input=false -lock-timeout=5m -compact-warnings ${ephemeral:+"$ephemeral"} "$1" || failed=$?
  rm -f "$ROOT/$FOLDER/$1"
  [ $failed -eq 0 ] || [ -z "$back" ] || go_back
  [ $failed -eq 0 ] || die "failed; what was made is in its state. Mend the cause, then 'make resume'"
}

# A chart of somebody else's is installed when it is asked, and its own release succeeded: where the asking failed, it is
# applied once more as it was. A file beside the JSON says so, which Terraform merges over it.
go_back() {
  state=$(tf show -json | jq -c '[.values.root_module.resources[]? | {key: .address, value: .values.values}] | from_entries') || return 0
  back=$(printf '%s' "$back" | jq -c --argjson state "$state" '.releases |= map(select(.after == null or $state[.by] != .after)) | select(.releases != [])')
  [ -n "$back" ] || return 0
  names=$(printf '%s' "$back" | jq -r '[.releases[].release] | join(", ")')
  for chart in $(printf '%s' "$back" | jq -r '.releases[].before.chart | select(startswith("./"))'); do
    [ -e "$ROOT/$FOLDER/$chart" ] ||
      die "$names doesn't answer as it should, and its chart of before, $chart, isn't in this bundle: take the bundle of before and apply it"
  done
  say "$names doesn't answer as it should; goes back to what it was"
  for name in $(of_stack '.variables[] | select(.kept) | .name'); do
    last=$(printf '%s' "$back" | jq -r --arg name "$name" '.variables[$name] // ""')
    [ -z "$last" ] || export "TF_VAR_$name=$last"
  done
  before=$ROOT/$FOLDER/before_override.tf.json
  trap 'rm -f "$before" "$ROOT/$FOLDER/back.bin"' EXIT
  printf '%s' "$back" | jq '{resource: {helm_release: ([.releases[] | {key: (.release | ltrimstr("helm_release.")), value: .before}, (select(.asked) | {key: (.by | ltrimstr("helm_release.")), value: .asked})] | from_entries)}}' >"$before"
  code=0
  plan "" back.bin || code=$?
  [ $code -ne 2 ] || guard back.bin || code=1
  [ $code -ne 2 ] || tf apply -input=false -lock-timeout=5m -compact-warnings back.bin || code=1
  case $code in 0 | 2) ;; *) die "could not go back: see above, and what runs there" ;; esac
  die "failed, and $names is again what it was"
}

# addresses of the resources that its state holds
standing() {
  pulled=$(tf state pull) || die "its state can't be read"
  printf '%s' "$pulled" | jq -rs '.[].resources[]? | select(.mode == "managed") | "\(.type).\(.name)"'
}
# before a teardown: what the clouds themselves protect. Only of what stands, so that nothing is made to be destroyed
cloud_protected() {
  # shellcheck disable=SC2016 # jq's own variables
  fact '.unprotected[] | select(.stack == $stack) | .override.resource | to_entries[] | .key as $type
    | .value | to_entries[] | select(.value | del(.lifecycle) | length > 0) | "\($type).\(.key)"'
}
holds_nothing() {
  addresses=$(standing) || exit 1
  [ -z "$addresses" ]
}

summary() { judge "$1" summary; }

case $VERB in
  check)
    need_tools
    sums=
    ! command -v sha256sum >/dev/null || sums="sha256sum -c --quiet"
    [ -n "$sums" ] || ! command -v shasum >/dev/null || sums="shasum -a 256 -c --quiet"
    # shellcheck disable=SC2086 # a program and its flags
    [ -z "$sums" ] || $sums SHA256SUMS || die "these files are not as they were handed over: get the bundle again, or see what was changed"
    missing=
    for program in $(fact '[.stacks[].programs[]] | unique[]'); do
      command -v "$program" >/dev/null || missing="$missing $program"
    done
    [ -z "$missing" ] || die "not on PATH:$missing. 'make logins' says which stack needs what"
    if [ "$(fact .state.local)" = true ]; then
      for mark in "$ROOT"/applied/*; do
        [ -e "$mark" ] || continue
        STACK=${mark##*/}
        FIRST_DAY=1 need_state
      done
      for kept in "$ROOT"/state/*.tfstate; do
        [ -e "$kept" ] || continue
        STACK=${kept##*/}
        STACK=${STACK%.tfstate}
        [ -z "$(of_stack .id)" ] || continue
        ! jq -e 'any(.resources[]?; .mode == "managed")' "$kept" >/dev/null || say "has a state, but is no stack of this bundle any more: what it made is still there. To be rid of it take the bundle that had it, with this state/, and 'make destroy-$STACK CONFIRM=$STACK'"
      done
    fi
    echo "All that this fleet needs is here: $("$TF" version | head -n 1)"
    ;;
  plan)
    FIRST_DAY=1
    need_stack
    init
    code=0
    plan "" plan.bin || code=$?
    case $code in
      0) echo "$STACK: nothing to do" ;;
      2)
        summary plan.bin
        guard plan.bin || say "'make apply' will refuse this plan"
        ;;
      3) echo "$STACK: can't be planned before these are applied: $(producers)" ;;
      *) exit $code ;;
    esac
    rm -f "$ROOT/$FOLDER/plan.bin"
    ;;
  apply)
    need_stack
    if [ -n "${RESUME-}" ] && [ -e "$ROOT/.run/$STACK.$SUFFIX" ]; then
      echo "$STACK: done in the run that goes on"
      exit 0
    fi
    targets=
    if [ -n "${LIFT-}" ]; then
      flags=$(cloud_protected)
      [ -n "$flags" ] || exit 0
      init
      addresses=$(standing) || exit 1
      for address in $flags; do
        if printf '%s\n' "$addresses" | grep -qxF "$address"; then targets="$targets -target=$address"; fi
      done
      [ -n "$targets" ] || exit 0
    fi
    init
    code=0
    trap 'rm -f "$ROOT/$FOLDER/plan.bin"' EXIT
    plan "$targets" plan.bin || code=$?
    case $code in
      0) echo "$STACK: nothing to do" ;;
      2)
        summary plan.bin
        guard plan.bin || die "refused. What it would take is gone for good: name each that may go, ALLOW='$STACK:<address> …'"
        approve
        apply_file plan.bin
        ;;
      3) die "reads what isn't applied yet: apply $(producers) first" ;;
      *) die "can't be planned" ;;
    esac
    applied
    ;;
  # a new value of what the stack keeps, an image's tag: applied, and taken back where that fails
  release)
    need_stack
    name=$(of_stack '[.variables[] | select(.kept) | .name][0] // ""')
    [ -n "$name" ] || die "keeps no variable, so there is nothing to release"
    eval "release_to=\${TF_VAR_$name-}"
    [ -n "$release_to" ] || die "which $name? Say TF_VAR_$name=…"
    init
    last=$(output "$name")
    if "$ROOT/stack.sh" apply "$STACK"; then
      say "$name is $release_to${last:+, and was $last}"
      exit 0
    fi
    [ -n "$last" ] || die "$name $release_to failed, and none was before it to go back to"
    say "$name $release_to failed; goes back to $last"
    export "TF_VAR_$name=$last"
    "$ROOT/stack.sh" apply "$STACK" || die "could not go back to $last: see above, and what runs there"
    die "$name $release_to failed, $last runs again"
    ;;
  # for pipelines: one job plans, another applies the same file
  save-plan)
    FIRST_DAY=1
    need_stack
    init
    code=0
    plan "" plan.bin || code=$?
    case $code in
      0) echo "$STACK: nothing to do" ;;
      2)
        summary plan.bin
        guard plan.bin || die "refused. What it would take is gone for good: name each that may go, ALLOW='$STACK:<address> …'"
        ;;
      3) die "reads what isn't applied yet: apply $(producers) first" ;;
      *) die "can't be planned" ;;
    esac
    ;;
  apply-plan)
    FIRST_DAY=1
    need_stack
    if [ ! -e "$ROOT/$FOLDER/plan.bin" ]; then
      echo "$STACK: nothing to do"
      exit 0
    fi
    init
    guard plan.bin || die "refused"
    VARIABLES=
    [ ! -e "$ROOT/terraform.tfvars" ] || VARIABLES="-var-file=$ROOT/terraform.tfvars"
    apply_file plan.bin
    applied
    ;;
  # 0 as in the file, 2 differs, 3 not applied yet; the summary is for a comment or a report
  drift | review)
    FIRST_DAY=1
    need_stack
    [ "$VERB" = review ] || need_state
    init
    code=0
    NO_LOCK=1
    plan "" plan.bin >/dev/null || code=$?
    case $code in
      0) echo "$STACK: nothing to do" ;;
      2)
        summary plan.bin
        [ "$VERB" = drift ] || guard plan.bin 2>&1 || true
        [ -z "${COUNTS-}" ] || judge plan.bin counts >"$COUNTS"
        ;;
      3) echo "$STACK: can't be planned before these are applied: $(producers)" ;;
      *) echo "$STACK: can't be planned" ;;
    esac
    rm -f "$ROOT/$FOLDER/plan.bin"
    if [ "$VERB" = review ] && [ $code -ne 1 ]; then code=0; fi
    exit $code
    ;;
  destroy)
    SUFFIX=destroy
    case ${CONFIRM-} in
      "$STACK" | "$(fact .fleet)") ;;
      *) die "would be destroyed with all that it holds: say so with CONFIRM=$STACK" ;;
    esac
    if [ -z "${ORDERED-}" ]; then
      this=$STACK
      for STACK in $(fact '.stacks[] | select(.after | index($stack)) | .id'); do
        FOLDER=terraform/$(of_stack .folder)
        FIRST_DAY=1 need_state
        init
        holds_nothing || die "still stands on $this: destroy it first"
      done
      STACK=$this
    fi
    need_stack
    init
    if holds_nothing; then
      echo "$STACK: nothing is there"
      rm -f "$ROOT/applied/$STACK"
      exit 0
    fi
    code=0
    trap 'rm -f "$ROOT/$FOLDER/plan.bin"' EXIT
    plan -destroy plan.bin || code=$?
    case $code in
      0) ;;
      2)
        summary plan.bin
        approve
        apply_file plan.bin
        ;;
      *) die "can't be destroyed. Where it says 'cannot be destroyed', the fleet is protected: 'make teardown' lifts that first, for one stack 'make unprotect apply-$STACK LIFT=1'" ;;
    esac
    rm -f "$ROOT/applied/$STACK"
    echo "$STACK: destroyed"
    ;;
  confirm)
    [ "${CONFIRM-}" = "$(fact .fleet)" ] || die "takes down the whole fleet with all that it holds: say so with CONFIRM=$(fact .fleet)"
    ;;
  begin)
    mkdir -p "$ROOT/.run"
    [ -n "${RESUME-}" ] || rm -f "$ROOT"/.run/*.apply
    ;;
  # a file beside a stack's JSON, which Terraform merges over it; taken away, it is as before
  unprotect | protect)
    for STACK in $(fact '.unprotected[].stack'); do
      file=$ROOT/terraform/$(of_stack .folder)/unprotected_override.tf.json
      if [ "$VERB" = protect ]; then rm -f "$file"; else fact '.unprotected[] | select(.stack == $stack) | .override' >"$file"; fi
    done
    STACK=
    [ "$VERB" = protect ] || echo "Deletion protection is off in the files; 'make apply' takes it off in the clouds, 'make protect' puts it back."
    ;;
  drain | undrain)
    CLUSTER=$STACK
    stacks=$(jq -r --arg cluster "$CLUSTER" '.drains[$cluster] // [] | .[].stack' "$ROOT/bundle.json")
    [ -n "$stacks" ] || die "no public name leads there, or it is drained by the fleet file"
    for STACK in $stacks; do
      file=$ROOT/terraform/$(of_stack .folder)/drained_${CLUSTER}_override.tf.json
      if [ "$VERB" = undrain ]; then rm -f "$file"; else
        jq --arg cluster "$CLUSTER" --arg stack "$STACK" '.drains[$cluster][] | select(.stack == $stack) | .override' "$ROOT/bundle.json" >"$file"
      fi
      "$ROOT/stack.sh" apply "$STACK"
    done
    ;;
  # one file for kubectl, without a token
  kubeconfig)
    need_tools
    FIRST_DAY=1
    outputs='{}'
    for STACK in $(fact '[.connections[] | .server, .authority | select(.stack?) | .stack] | unique[]'); do
      FOLDER=terraform/$(of_stack .folder)
      init
      one=$(tf output -json | jq -c '[to_entries[] | select(.value.sensitive | not)] | map({key, value: .value.value}) | from_entries') || one='{}'
      outputs=$(printf '%s' "$outputs" | jq -c --arg stack "$STACK" --argjson one "$one" '.[$stack] = $one')
    done
    STACK=
    jq --argjson outputs "$outputs" -f "$ROOT/kubeconfig.jq" "$ROOT/bundle.json" >"$ROOT/kubeconfig.new"
    mv "$ROOT/kubeconfig.new" "$ROOT/kubeconfig"
    jq -r '"kubeconfig: " + ([.contexts[].name] | join(", "))' "$ROOT/kubeconfig"
    ;;
  # checksums of the providers for the platforms that PLATFORMS names
  lock)
    need_tools
    for STACK in $(fact '.stacks[].id'); do
      FOLDER=terraform/$(of_stack .folder)
      set --
      for platform in ${PLATFORMS:-linux_amd64}; do set -- "$@" "-platform=$platform"; done
      [ -z "${MIRROR-}" ] || set -- "$@" "-fs-mirror=$MIRROR"
      tf providers lock "$@" || die "its providers could not be locked: the registry, or MIRROR, must have them for these platforms"
    done
    ;;
  # for a stack that was never applied: what another one was applied with
  value)
    need_tools
    FOLDER=terraform/$(of_stack .folder)
    init
    output "${3:?which variable?}"
    ;;
  # for engines that run terraform themselves: the values that nobody names, for their -var-file
  keep)
    FIRST_DAY=1
    need_stack
    kept='{}'
    for name in $(of_stack '.variables[] | select(.kept) | .name'); do
      eval "given=\${TF_VAR_$name-}"
      last=$given
      [ -n "$given" ] || last=$(kept "$name") || last=
      [ -z "$last" ] || kept=$(printf '%s' "$kept" | jq --arg name "$name" --arg value "$last" '.[$name] = $value')
    done
    printf '%s\n' "$kept" >"$ROOT/$FOLDER/kept.tfvars.json"
    ;;
  # for pipelines: ids on standard input, and whatever comes after them, with what each needs, as JSON
  affected)
    need_tools
    jq -c --arg changed "$(cat)" '($changed | [splits("\\s+") | select(. != "")]) as $changed
      | reduce .stacks[] as $one ({}; . as $known | if ($changed | index($one.id)) or ($one.after | any(. as $id | $known | has($id))) then .[$one.id] = $one else . end)
      | [.[] | {stack: .id, programs: (.programs | join(" ")), secret, aws: (.clouds | any(. == "aws")), azure: (.clouds | any(. == "azure")), google: (.clouds | any(. == "google"))}]' "$ROOT/bundle.json"
    ;;
  order)
    fact '.levels | to_entries[] | "\(.key + 1): \(.value | join(" "))"'
    ;;
  logins)
    fact '.stacks[] | "\(.id): \(.needs)"'
    ;;
  *) die "there is no verb '$VERB'; see the Makefile" ;;
esac
