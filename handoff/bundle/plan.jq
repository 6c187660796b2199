# Judges the JSON of a plan (terraform show -json): $show is "guard", "summary", "counts" for a widget, or "back": how what it changes was before. Run with -n; input is the plan.
input as $plan
| $bundle[0].guard as $guard
| ($allow | [splits("[\\s,]+") | select(. != "")]) as $allowed
| [$plan.resource_changes[]? | select(.mode == "managed")] as $changes

# what goes: deleted, replaced or forgotten
| [$changes[] | select(.change.actions | any(. == "delete" or . == "forget"))] as $going

| def how: if (.change.actions | index("forget")) then "forgotten" elif (.change.actions | index("create")) then "replaced" else "deleted" end;

# what the fleet file asks of a chart that needs no volume by itself
def asks_for_volumes:
  [(.change.before.values // [])[] | strings | fromjson? | .. | objects
   | select(.kind == "PersistentVolumeClaim"
       or any(to_entries[]; (.key | test("persist"; "i")) and (.value | type) == "object" and .value.enabled == true))]
  | length > 0;

def loses_volumes:
  asks_for_volumes or (
  ((.change.before.chart // "") | split("/")) as $path
  | ($path + [(.change.before.metadata? // {} | if type == "array" then (.[0] // {}) else . end | .chart? // "")])
  | any(. as $part | $guard.chartsWithoutVolumes | any(. as $chart | $part == $chart or ($part | startswith($chart + "-"))))
  | not);

# the arguments that say which name a member belongs to
def name_of($values): [.type] + [$guard.members[.type][] | . as $key | $values[$key]];

def reason($left):
  if $guard.types[.type] then $guard.types[.type]
  elif .type == "helm_release" and loses_volumes then "a release that may hold volumes, which a plan doesn't show"
  elif $guard.members[.type] then
    name_of(.change.before) as $name
    | if ($left | any(. == $name)) then null else "the last member of " + ([$name[1:][] | strings] | join(" ")) end
  else null end;

if $show == "guard" then
  # members that are there when the plan is done
  ([$changes[] | select($guard.members[.type] and .change.after != null and ((.change.actions | index("forget")) | not)) | name_of(.change.after)]) as $left
  | [$going[] | . as $change | reason($left) as $why | select($why != null) | {address, why: $why, how: how}] as $found
  | [$found[] | select(($stack + ":" + .address) as $name | ($allowed | index($name)) == null)]
  | if length == 0 then "judged: nothing refused"
    else "judged: \(length) refused", (.[] | "  \(.address) would be \(.how): \(.why)") end
elif $show == "back" then
  # releases that are asked once they are changed, as they are before; a release that stays when it fails is looked at
  def text: gsub("\\$\\{"; "$${") | gsub("%\\{"; "%%{");
  def release: .change.before | {chart, version, repository, values: [(.values // [])[] | text]};
  def updated($address): first($changes[] | select(.address == $address and .change.actions == ["update"])) // null;
  ($bundle[0].stacks[] | select(.id == $stack) | .asked // {}) as $asked
  | [$asked | to_entries[] | . as $one | updated($one.key) | select(. != null and .change.after.atomic == true)
     | {release: $one.key, by: $one.value, before: release,
        asked: (updated($one.value) | if . then release | {values} else null end),
        after: first($changes[] | select(.address == $one.value) | .change.after.values)}]
  | if length == 0 then empty
    else {releases: ., variables: [$plan.output_changes // {} | to_entries[] | select(.value.before | type == "string") | {key, value: .value.before}] | from_entries} | tojson end
else
  ([$changes[] | select(.change.actions == ["create"])] | length) as $create
  | ([$changes[] | select(.change.actions == ["update"])] | length) as $update
  | ([$changes[] | select((.change.actions | length) == 2)] | length) as $replace
  | ([$changes[] | select(.change.actions == ["delete"])] | length) as $delete
  | ([$changes[] | select(.change.actions | index("forget"))] | length) as $forget
  | ([$plan.output_changes // {} | to_entries[] | select(.value.actions != ["no-op"]) | .key]) as $outputs
  | if $show == "counts" then {create: ($create + $replace), update: $update, delete: ($delete + $replace)} | tojson else
    "\($stack): \($create) to create, \($update) to change, \($replace) to replace, \($delete) to delete\(if $forget > 0 then ", \($forget) to forget" else "" end)",
    ($changes[] | select(.change.actions != ["no-op"] and .change.actions != ["read"] and .change.actions != ["create"])
      | "  \(if .change.actions == ["update"] then "~" elif (.change.actions | index("create")) then "-/+" elif (.change.actions | index("forget")) then "." else "-" end) \(.address)\(
          (.change.replace_paths // []) | if length > 0 then " because of " + (map(map(tostring) | join(".")) | unique | join(", ")) else "" end)"),
    (if ($outputs | length) > 0 then "  outputs change, so what reads them is planned again: \($outputs | sort | join(", "))" else empty end)
    end
end
