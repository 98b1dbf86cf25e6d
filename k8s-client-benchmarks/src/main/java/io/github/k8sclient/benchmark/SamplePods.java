package io.github.k8sclient.benchmark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.github.k8sclient.api.core.v1.Container;
import io.github.k8sclient.api.core.v1.ContainerStatus;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.PodCondition;
import io.github.k8sclient.api.core.v1.PodSpec;
import io.github.k8sclient.api.core.v1.PodStatus;
import io.github.k8sclient.api.core.v1.Probe;
import io.github.k8sclient.api.core.v1.Volume;
import io.github.k8sclient.meta.ManagedFieldsEntry;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.value.IntOrString;
import io.github.k8sclient.value.Quantity;
import io.github.k8sclient.value.RawJson;

/**
 * Pods as clusters have them: few applications in many replicas, so that most of a pod is
 * what its neighbours have too, and the rest is its own. The same number gives the same
 * pods.
 */
final class SamplePods {

	private static final int APPLICATIONS = 200;

	private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

	private SamplePods() {
	}

	static List<Pod> create(int count) {
		List<Pod> pods = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			pods.add(pod(i));
		}
		return pods;
	}

	private static Pod pod(int number) {
		Random random = new Random(number);
		String app = "service-%03d".formatted(number % APPLICATIONS);
		String hash = letters(new Random(number % APPLICATIONS), 10);
		Instant created = Instant.ofEpochSecond(1_760_000_000L + number);
		return Pod.builder()
			.metadata(metadata(number, random, app, hash, created))
			.spec(spec(number, random, app))
			.status(status(number, random, app, created))
			.build();
	}

	private static ObjectMeta metadata(int number, Random random, String app, String hash, Instant created) {
		Map<String, String> labels = new TreeMap<>();
		labels.put("app.kubernetes.io/name", app);
		labels.put("app.kubernetes.io/instance", app + "-prod");
		labels.put("app.kubernetes.io/managed-by", "Helm");
		labels.put("app.kubernetes.io/version", "1." + number % 17 + "." + number % 5);
		labels.put("pod-template-hash", hash);
		return ObjectMeta.builder()
			.name(app + "-" + hash + "-" + letters(random, 5))
			.generateName(app + "-" + hash + "-")
			.namespace("team-%02d".formatted(number % 40))
			.uid(uid(random))
			.resourceVersion(String.valueOf(1_000_000 + number * 3))
			.creationTimestamp(created)
			.labels(labels)
			.annotations(Map.of("checksum/config", "%064x".formatted(number % APPLICATIONS + 77)))
			.addOwnerReference((owner) -> owner.apiVersion("apps/v1")
				.kind("ReplicaSet")
				.name(app + "-" + hash)
				.uid(uid(new Random(number % APPLICATIONS)))
				.controller(true)
				.blockOwnerDeletion(true))
			.addManagedField(managed("kube-controller-manager", created, managedSpec(number)))
			.addManagedField(managed("kubelet", created.plusSeconds(17), managedStatus()))
			.build();
	}

	private static ManagedFieldsEntry managed(String manager, Instant time, String fields) {
		return ManagedFieldsEntry.builder()
			.manager(manager)
			.operation("Update")
			.apiVersion("v1")
			.time(time)
			.fieldsType("FieldsV1")
			.fieldsV1(RawJson.of(fields))
			.build();
	}

	private static String managedSpec(int number) {
		StringBuilder fields = new StringBuilder("{\"f:metadata\":{\"f:labels\":{\".\":{}},\"f:ownerReferences\":{\"k:{"
				+ "\\\"uid\\\":\\\"" + uid(new Random(number % APPLICATIONS)) + "\\\"}\":{}}},\"f:spec\":{");
		for (String field : List.of("containers", "dnsPolicy", "enableServiceLinks", "nodeName", "priority",
				"restartPolicy", "schedulerName", "securityContext", "serviceAccount", "tolerations", "volumes")) {
			fields.append("\"f:").append(field).append("\":{\".\":{},\"f:name\":{},\"f:value\":{\".\":{}}},");
		}
		return fields.append("\"f:terminationGracePeriodSeconds\":{}}}").toString();
	}

	private static String managedStatus() {
		return "{\"f:status\":{\"f:conditions\":{\"k:{\\\"type\\\":\\\"Ready\\\"}\":{\".\":{},\"f:status\":{}}},"
				+ "\"f:containerStatuses\":{},\"f:hostIP\":{},\"f:phase\":{},\"f:podIP\":{},\"f:startTime\":{}}}";
	}

	private static PodSpec spec(int number, Random random, String app) {
		return PodSpec.builder()
			.addVolume((volume) -> volume.name("config").configMap((config) -> config.name(app + "-config")))
			.addVolume(tokenVolume("kube-api-access-" + letters(random, 5)))
			.addContainer(container(number, app))
			.addContainer((sidecar) -> sidecar.name("proxy")
				.image("registry.example.com/mesh/proxy:1.22.3")
				.args(List.of("proxy", "sidecar", "--log-level=warning"))
				.addPort((port) -> port.name("admin").containerPort(15_000).protocol("TCP"))
				.resources((resources) -> resources
					.requests(Map.of("cpu", Quantity.parse("10m"), "memory", Quantity.parse("40Mi"))))
				.imagePullPolicy("IfNotPresent"))
			.restartPolicy("Always")
			.terminationGracePeriodSeconds(30L)
			.dnsPolicy("ClusterFirst")
			.serviceAccountName(app)
			.nodeName("ip-10-%d-%d-%d.eu-west-1.compute.internal".formatted(number % 7, number % 250, number / 7 % 250))
			.schedulerName("default-scheduler")
			.addToleration((toleration) -> toleration.key("node.kubernetes.io/not-ready")
				.operator("Exists")
				.effect("NoExecute")
				.tolerationSeconds(300L))
			.priority(0)
			.enableServiceLinks(true)
			.build();
	}

	private static Volume tokenVolume(String name) {
		return Volume.builder()
			.name(name)
			.projected((projected) -> projected.defaultMode(420)
				.addSource(
						(source) -> source.serviceAccountToken((token) -> token.expirationSeconds(3607L).path("token")))
				.addSource((source) -> source.configMap((config) -> config.name("kube-root-ca.crt")
					.addItem((item) -> item.key("ca.crt").path("ca.crt")))))
			.build();
	}

	private static Container container(int number, String app) {
		return Container.builder()
			.name("app")
			.image(image(number, app))
			.args(List.of("--server.port=8080", "--spring.profiles.active=prod"))
			.addPort((port) -> port.name("http").containerPort(8080).protocol("TCP"))
			.addEnv((env) -> env.name("LOG_LEVEL").value("INFO"))
			.addEnv((env) -> env.name("POD_IP")
				.valueFrom((source) -> source.fieldRef((ref) -> ref.apiVersion("v1").fieldPath("status.podIP"))))
			.resources((resources) -> resources.limits(Map.of("memory", Quantity.parse("1Gi")))
				.requests(Map.of("cpu", Quantity.parse("250m"), "memory", Quantity.parse("512Mi"))))
			.livenessProbe(probe("/actuator/health/liveness"))
			.readinessProbe(probe("/actuator/health/readiness"))
			.terminationMessagePath("/dev/termination-log")
			.terminationMessagePolicy("File")
			.imagePullPolicy("IfNotPresent")
			.build();
	}

	private static String image(int number, String app) {
		return "registry.example.com/platform/" + app + ":1." + number % 17 + "." + number % 5;
	}

	private static Probe probe(String path) {
		return Probe.builder()
			.httpGet((get) -> get.path(path).port(IntOrString.of("http")).scheme("HTTP"))
			.initialDelaySeconds(5)
			.timeoutSeconds(1)
			.periodSeconds(10)
			.successThreshold(1)
			.failureThreshold(3)
			.build();
	}

	private static PodStatus status(int number, Random random, String app, Instant created) {
		String ip = "10.%d.%d.%d".formatted(64 + number % 32, number / 256 % 256, number % 256);
		PodStatus.Builder status = PodStatus.builder()
			.phase("Running")
			.hostIP("10.%d.%d.%d".formatted(number % 7, number % 250, number / 7 % 250))
			.podIP(ip)
			.addPodIP((podIp) -> podIp.ip(ip))
			.startTime(created)
			.qosClass("Burstable");
		for (String type : List.of("Initialized", "Ready", "ContainersReady", "PodScheduled")) {
			status.addCondition(PodCondition.builder()
				.type(type)
				.status("True")
				.lastTransitionTime(created.plusSeconds(type.length()))
				.build());
		}
		return status.addContainerStatus(running("app", image(number, app), random, created))
			.addContainerStatus(running("proxy", "registry.example.com/mesh/proxy:1.22.3", random, created))
			.build();
	}

	private static ContainerStatus running(String name, String image, Random random, Instant created) {
		return ContainerStatus.builder()
			.name(name)
			.state((state) -> state.running((running) -> running.startedAt(created.plusSeconds(3))))
			.ready(true)
			.restartCount(0)
			.image(image)
			.imageID(image + "@sha256:" + "%064x".formatted(image.hashCode()))
			.containerID("containerd://%016x%016x".formatted(random.nextLong(), random.nextLong()))
			.started(true)
			.build();
	}

	private static String uid(Random random) {
		return "%08x-%04x-4%03x".formatted(random.nextInt(), random.nextInt(1 << 16), random.nextInt(1 << 12))
				+ "-8%03x-%012x".formatted(random.nextInt(1 << 12), random.nextLong() >>> 16);
	}

	private static String letters(Random random, int count) {
		StringBuilder text = new StringBuilder(count);
		for (int i = 0; i < count; i++) {
			text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
		}
		return text.toString();
	}

}
