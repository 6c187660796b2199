#!/bin/sh
# Does the world see this fleet? verify.sh [NAME] asks, from outside: its zone, what every country is answered for each
# public name, each cluster's ingress. Needs dig, curl and jq, and no login. Made by Meridian; the next bundle overwrites it.
# The exit code is 2 where something differs, and 3 where nothing does but something could not be judged.
set -u

case $0 in */*) cd -- "${0%/*}" || exit 1 ;; esac
ONLY=${1-}
for program in dig curl jq; do
  command -v "$program" >/dev/null || { echo "'$program' is not on PATH: install it" >&2; exit 1; }
done
WORK=.run/verify-$$
mkdir -p "$WORK"
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' INT TERM
DIFFERS=0
UNJUDGED=0
TAB=$(printf '\t')

fact() { jq -r "$@" verify.json; }
line() {
  printf '%-11s %-12s %s\n' "$1" "$2" "$3"
  case $1 in DIFFERS) DIFFERS=1 ;; "not judged") UNJUDGED=1 ;; esac
}
has() { case " $1 " in *" $2 "*) return 0 ;; *) return 1 ;; esac }
# Words in lower case, sorted, with commas.
sorted() { sort -u | tr '[:upper:]' '[:lower:]' | paste -sd, - | sed 's/,/, /g'; }

# A zone's own server is asked, never a resolver.
at_server() {
  asked=$1
  shift
  dig +norecurse +noall +comments +answer +authority +time=3 +tries=2 "@$asked" "$@"
}
# The closest zone of a name, and the names of its servers, by this machine's resolver.
zone_of() {
  ZONE_FOUND=$1
  while case $ZONE_FOUND in *.*) true ;; *) false ;; esac; do
    ZONE_SERVERS=$(dig +short +time=3 +tries=2 NS "$ZONE_FOUND" | grep '\.$')
    [ -z "$ZONE_SERVERS" ] || return 0
    ZONE_FOUND=${ZONE_FOUND#*.}
  done
  return 1
}
address_of() {
  for server in $1; do dig +short +time=3 +tries=2 A "$server" | grep '^[0-9.]*$' && return 0; done
  return 1
}

# Reads a reply of dig for HOST: CODE, OWN, SCOPE, where CNAMEs lead (HOST again), and ADDRESSES there.
read_reply() {
  CODE='' OWN=no
  ADDRESSES=
  while read -r name ttl class type data rest; do
    case $name$ttl in
    ";;->>HEADER<<-") CODE=${rest%%,*} CODE=${CODE##* } ;;
    ";;flags:") case "$class $type $data $rest" in *aa*QUERY*) OWN=yes ;; esac ;;
    ";CLIENT-SUBNET:") [ "$SCOPE" != - ] && [ "$SCOPE" -ge "${class##*/}" ] || SCOPE=${class##*/} ;;
    esac
    case "$name $type" in
    "$HOST. CNAME") HOST=${data%.} ADDRESSES='' ;;
    "$HOST. A") ADDRESSES="$ADDRESSES $data" ;;
    esac
    if is_end; then return; fi
  done <<EOF
$1
EOF
}
is_end() { has "$ENDS" "$HOST" && [ "$FOLLOWED" = yes ]; }

# follow HOST NETWORK SERVER: prints the kind of answer, its scope, and the clusters or addresses that it leads to.
follow() {
  HOST=$1 NETWORK=$2 SERVER=$3 SCOPE=- IN=$ZONE STEPS=0 FOLLOWED=no
  case " $ENDS " in *" $HOST "*) ;; *) FOLLOWED=yes ;; esac
  while [ $STEPS -lt 16 ]; do
    STEPS=$((STEPS + 1))
    case $HOST in
    "$IN" | *."$IN") ;;
    *)
      zone_of "$HOST" || { echo "silent - -"; return; }
      IN=$ZONE_FOUND SERVER=$(address_of "$ZONE_SERVERS" | head -n 1)
      [ -n "$SERVER" ] || { echo "silent - -"; return; }
      ;;
    esac
    before=$HOST
    if [ -n "$NETWORK" ]; then reply=$(at_server "$SERVER" "+subnet=$NETWORK/24" "$HOST" A); else reply=$(at_server "$SERVER" "$HOST" A); fi ||
      { echo "silent - -"; return; }
    read_reply "$reply"
    case $CODE in NOERROR | NXDOMAIN) ;; *) echo "silent - -"; return ;; esac
    [ $OWN = yes ] || { echo "foreign - -"; return; }
    if is_end; then
      host=${HOST#ingress.}
      echo "answer $SCOPE ${host%."$ZONE"}"
      return
    fi
    if [ -n "$ADDRESSES" ]; then
      case $HOST in "$IN" | *."$IN") echo "answer $SCOPE $(owners "$ADDRESSES")"; return ;; esac
    fi
    [ "$HOST" != "$before" ] || { echo "nobody $SCOPE -"; return; }
  done
  echo "silent - -"
}
# Whose addresses they are; one that is no cluster's stays as it is.
owners() {
  found=
  for address in $1; do
    case $OWNERS in *" $address="*) who=${OWNERS#*" $address="} who=${who%% *} ;; *) who=$address ;; esac
    has "$found" "$who" || found="$found $who"
  done
  echo "${found# }"
}

# --- the zone
ZONE=$(fact .zone)
ENDS=" $(fact '[.clusters[].host] | join(" ")') "
OWNERS=" "
SERVERS=
if zone_of "${ZONE#*.}" && parent=$ZONE_FOUND && up=$(address_of "$ZONE_SERVERS" | head -n 1) && reply=$(at_server "$up" "$ZONE" NS); then
  named=$(printf '%s\n' "$reply" | grep "^$ZONE\." | grep "[[:space:]]NS[[:space:]]" | sed 's/.*[[:space:]]//; s/\.$//' | sorted)
  if [ -z "$named" ]; then
    line DIFFERS delegation "$ZONE: $parent names no server for it"
    exit 2
  fi
  line ok delegation "$ZONE: $parent leads to $named"
else
  line "not judged" delegation "$ZONE: the servers of its parent zone don't answer"
  exit 3
fi
for server in $(echo "$named" | sed 's/,//g'); do
  address=$(address_of "$server" | head -n 1)
  [ -n "$address" ] || { line "not judged" name-servers "$server has no address"; continue; }
  reply=$(at_server "$address" "$ZONE" SOA) || { line "not judged" name-servers "$server ($address) doesn't answer"; continue; }
  HOST=$ZONE SCOPE=- FOLLOWED=no
  read_reply "$reply"
  if [ "$CODE" != NOERROR ] || [ $OWN != yes ]; then
    line DIFFERS name-servers "$server ($address) doesn't serve $ZONE, and the parent names it"
    continue
  fi
  SERVERS="$SERVERS $address"
  own=$(at_server "$address" "$ZONE" NS | grep "^$ZONE\." | grep "[[:space:]]NS[[:space:]]" | sed 's/.*[[:space:]]//; s/\.$//' | sorted)
  [ "$own" = "$named" ] || line DIFFERS name-servers "$server ($address) names $own; the parent says $named"
  wanted=$(fact '.caa // ""')
  caa=$(at_server "$address" "$ZONE" CAA | grep "^$ZONE\." | grep "[[:space:]]CAA[[:space:]]" | sed 's/.*[[:space:]]CAA[[:space:]]*//' | sorted)
  [ -z "$wanted" ] || [ "$caa" = "$wanted" ] || line DIFFERS caa "$server ($address) has '${caa:-none}'; the fleet file says '$wanted'"
done
[ -n "$SERVERS" ] || exit $((DIFFERS ? 2 : 3))
FIRST=${SERVERS# } FIRST=${FIRST%% *}
if at_server 192.0.2.1 +tries=1 "$ZONE" SOA >/dev/null; then
  line "not judged" network "an address that nobody has answers: this network rewrites port 53; run it elsewhere"
  exit 3
fi

# --- the clusters, by their own names
for cluster in $(fact '.clusters[].name'); do
  read -r kind scope found <<EOF
$(follow "ingress.$cluster.$ZONE" "" "$FIRST")
EOF
  case $kind in
  answer) for address in $found; do OWNERS="$OWNERS$address=$cluster "; done ;;
  nobody) line DIFFERS ingress "$cluster: ingress.$cluster.$ZONE has no address" ;;
  *) line "not judged" ingress "$cluster: nobody answers for ingress.$cluster.$ZONE" ;;
  esac
done
addresses_of() { for pair in $OWNERS; do [ "${pair#*=}" != "$1" ] || echo "${pair%%=*}"; done; }

# visit SUBJECT WHAT CLUSTER HOST PATH ANSWERS CERTIFICATE: every address of a cluster as a host.
visit() {
  for address in $(addresses_of "$3"); do
    at="$2 at $3 ($address)"
    [ "$2" != "$3" ] || at="$2 ($address)"
    code=$(curl -sS -v -o /dev/null -m 10 -w '%{http_code}' --resolve "$4:443:$address" "https://$4$5" 2>"$WORK/said")
    ended=$?
    said=$(cat "$WORK/said")
    # a certificate that isn't trusted hides what the server says
    [ $ended != 60 ] || code=$(curl -sk -o /dev/null -m 10 -w '%{http_code}' --resolve "$4:443:$address" "https://$4$5")
    if [ "$code" = 000 ]; then line DIFFERS "$1" "$at: nobody answers there"; continue; fi
    expires=$(printf '%s\n' "$said" | sed -n 's/.*expire date: *//p' | head -n 1)
    why=$(printf '%s\n' "$said" | sed -n 's/^curl: ([0-9]*) *//p' | head -n 1)
    if [ "$code" -ge 500 ] || { [ "$6" = true ] && [ "$code" -ge 400 ]; }; then line DIFFERS "$1" "$at: $code for $5"
    elif [ $ended = 0 ]; then line ok "$1" "$at: $code for $5; certificate until $expires"
    elif [ "$7" = staging ] && printf '%s' "$why" | grep -Eq 'self.signed|local issuer'; then line ok "$1" "$at: $code for $5; a staging certificate until $expires"
    elif [ "$7" = none ] && [ "$1" = ingress ]; then line "not judged" "$1" "$at: $why; the fleet file promises no certificate for this name"
    else line DIFFERS "$1" "$at: $why"; fi
  done
}
fact '.clusters[] | [.name, .host, .answers, .certificate] | @tsv' >"$WORK/clusters"
while IFS=$TAB read -r cluster host answers certificate; do
  visit ingress "$cluster" "$cluster" "$host" /ping "$answers" "$certificate"
done <"$WORK/clusters"

# --- the public names
# Clusters of a name that fail its probe from here.
dead_of() {
  fact --arg name "$1" '.names[] | select(.name == $name) | . as $n | .members[] | [.cluster, .probeHost, $n.probe.protocol, $n.probe.port, $n.probe.path] | @tsv' >"$WORK/probes"
  while IFS=$TAB read -r cluster host protocol port path; do
    alive=no
    for address in $(addresses_of "$cluster"); do
      url=$protocol
      [ "$protocol" != tcp ] || url=https
      code=$(curl -sk -o /dev/null -m 10 -w '%{http_code}' --resolve "$host:$port:$address" "$url://$host:$port$path")
      ended=$?
      case $protocol in
      tcp) case $ended in 6 | 7 | 28) ;; *) alive=yes ;; esac ;;
      *) [ "$code" -lt 200 ] || [ "$code" -ge 400 ] || alive=yes ;;
      esac
    done
    [ $alive = yes ] || echo "$cluster"
  done <"$WORK/probes"
}

# judge KIND SCOPE FOUND: VERDICT of one network's answer, and why.
judge() {
  kind=$1 scope=$2
  WHY=$3
  case $kind in
  silent) VERDICT=unjudged WHY="a server is silent"; return ;;
  foreign) VERDICT=unjudged WHY="a reply isn't the zone's own"; return ;;
  nobody) VERDICT=wrong WHY="no address"; [ -n "$ALLOWED" ] || VERDICT=fits; return ;;
  esac
  VERDICT=fits
  for cluster in $3; do
    if has "$DEAD" "$cluster"; then VERDICT=wrong WHY="$cluster answers, though its probe fails from here"; return; fi
    if ! has "$ANYWHERE" "$cluster"; then VERDICT=wrong WHY="$cluster may not answer anywhere"; return; fi
    has "$ALLOWED" "$cluster" || VERDICT=other
  done
  [ "$BY_PLACE" = true ] || return
  if [ "$scope" = - ]; then VERDICT=unjudged WHY="replies have no client-subnet option"
  elif [ "$scope" = 0 ] && [ "$KINDS" -gt 1 ]; then VERDICT=unjudged WHY="the reply's scope is 0: it doesn't depend on the network"; fi
}

fact '.names[] | [.name, .host, .path, .answers, .byPlace, (.groups | length + 1), (.anywhere | join(" ")), ([.members[].cluster] | join(" "))] | @tsv' >"$WORK/names"
while IFS=$TAB read -r name host path answers BY_PLACE KINDS ANYWHERE members; do
  [ -z "$ONLY" ] || [ "$ONLY" = "$name" ] || [ "$ONLY.$ZONE" = "$name" ] || continue
  MATCHED=yes
  DEAD=$(dead_of "$name" | paste -sd' ' -)
  # who stands in for a dead cluster isn't computed here: any other member may
  [ -z "$DEAD" ] || ANYWHERE=$members
  fits=0 differ=0 unjudged=0
  fact --arg name "$name" '. as $all | .names[] | select(.name == $name) | . as $n | $all.networks | to_entries[] | .key as $country
    | [$country, ([$n.groups[] | select(.countries | index($country)) | .clusters][0] // $n.otherwise | join(" ")), (.value | join(" "))] | @tsv' >"$WORK/countries"
  while IFS=$TAB read -r country ALLOWED networks; do
    [ -z "$DEAD" ] || ALLOWED=$members
    rm -f "$WORK"/answer-*
    turn=0
    rest=$SERVERS
    for network in $networks; do
      turn=$((turn + 1))
      [ -n "$rest" ] || rest=$SERVERS
      rest=${rest# } server=${rest%% *}
      case $rest in *" "*) rest=${rest#* } ;; *) rest= ;; esac
      follow "$host" "$network" "$server" >"$WORK/answer-$turn" &
    done
    wait
    right=0 other=0 open=0 certain='' first='' reason=''
    for answer in "$WORK"/answer-*; do
      read -r kind scope found <"$answer"
      judge "$kind" "$scope" "$found"
      case $VERDICT in
      fits) right=$((right + 1)) ;;
      other) other=$((other + 1)) first=${first:-$WHY} ;;
      wrong) certain=${certain:-$WHY} ;;
      *) open=$((open + 1)) reason=${reason:-$WHY} ;;
      esac
    done
    if [ -n "$certain" ]; then differ=$((differ + 1)) && line DIFFERS name "$name in $country: $certain"
    elif [ $((right + other)) = 0 ]; then unjudged=$((unjudged + 1)) && line "not judged" name "$name in $country: $reason"
    elif [ $other -gt $right ]; then differ=$((differ + 1)) && line DIFFERS name "$name in $country: $first instead of $ALLOWED"
    else fits=$((fits + 1)); fi
  done <"$WORK/countries"
  verdict=ok
  [ $unjudged = 0 ] || verdict="not judged"
  [ $differ = 0 ] || verdict=DIFFERS
  line "$verdict" name "$name: $fits countries as expected, $differ different, $unjudged not judged${DEAD:+; failing from here: $DEAD}"
  for cluster in $members; do
    visit public-name "$name" "$cluster" "$host" "$path" "$answers" "$(fact --arg c "$cluster" '.clusters[] | select(.name == $c) | .certificate')"
  done
done <"$WORK/names"
if [ -n "$ONLY" ] && [ -z "${MATCHED-}" ]; then
  echo "no public name is called '$ONLY'; there are $(fact '[.names[].name] | join(", ")')" >&2
  exit 1
fi
fact '"Networks of countries as of \(.date) (\(.source))."'
if [ "$(fact '(now - (.date | strptime("%Y-%m-%d") | mktime)) / 86400 > 365')" = true ]; then
  echo "That is more than a year ago, and networks move: use a bundle of a newer Meridian." >&2
fi
[ $DIFFERS = 0 ] || exit 2
[ $UNJUDGED = 0 ] || exit 3
