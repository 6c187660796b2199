{{- define "service.labels" -}}
{{ include "service.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "service.selector" -}}
app.kubernetes.io/name: {{ .Release.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "service.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag }}
{{- end -}}
{{- end }}

{{- define "service.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ int64 .Values.user }}
runAsGroup: {{ int64 .Values.user }}
fsGroup: {{ int64 .Values.user }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "service.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "service.env" -}}
{{- if or .Values.env .Values.secretEnv }}
env:
  {{- range $name, $value := .Values.env }}
  - { name: {{ $name }}, value: {{ $value | quote }} }
  {{- end }}
  {{- range $name, $from := .Values.secretEnv }}
  - name: {{ $name }}
    valueFrom: { secretKeyRef: { name: {{ $from.secret }}, key: {{ $from.key | quote }} } }
  {{- end }}
{{- end }}
{{- if .Values.secrets }}
envFrom:
  {{- range .Values.secrets }}
  - secretRef: { name: {{ . }} }
  {{- end }}
{{- end }}
{{- end }}

{{- /* what a pod of the image has besides its data: folders to write, and Secrets as files */}}
{{- define "service.fileMounts" -}}
{{- range $index, $path := .Values.writable }}
- { name: writable-{{ $index }}, mountPath: {{ $path | quote }} }
{{- end }}
{{- range $index, $path := keys .Values.secretFiles | sortAlpha }}
- { name: secret-{{ $index }}, mountPath: {{ $path | quote }}, readOnly: true }
{{- end }}
{{- end }}

{{- define "service.fileVolumes" -}}
{{- range $index, $path := .Values.writable }}
- { name: writable-{{ $index }}, emptyDir: {} }
{{- end }}
{{- range $index, $path := keys .Values.secretFiles | sortAlpha }}
- { name: secret-{{ $index }}, secret: { secretName: {{ get $.Values.secretFiles $path }} } }
{{- end }}
{{- end }}

{{- define "service.mounts" -}}
{{- if or .Values.writable .Values.secretFiles .Values.volume }}
volumeMounts:
  {{- include "service.fileMounts" . | nindent 2 }}
  {{- with .Values.volume }}
  - { name: data, mountPath: {{ .path | quote }} }
  {{- end }}
{{- end }}
{{- end }}

{{- define "service.volumes" -}}
{{- if or .Values.writable .Values.secretFiles .Values.volume }}
volumes:
  {{- include "service.fileVolumes" . | nindent 2 }}
  {{- if .Values.volume }}
  - { name: data, persistentVolumeClaim: { claimName: {{ .Release.Name }} } }
  {{- end }}
{{- end }}
{{- end }}
