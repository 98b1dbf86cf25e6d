package io.github.k8sclient.test;

import java.util.List;

import io.github.k8sclient.meta.GroupVersionKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Autoscalers of {@code autoscaling/v1}, which are stored as {@code autoscaling/v2}. What
 * {@code v1} cannot say travels in the annotations that the API server uses for it.
 */
final class AutoscalerConversion implements VersionConversion {

	private static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";

	private static final String BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";

	private final String table;

	AutoscalerConversion(String table) {
		this.table = table;
	}

	@Override
	public String table() {
		return this.table;
	}

	@Override
	public ObjectNode fromStorage(ObjectNode stored, GroupVersionKind kind) {
		ObjectNode scaler = stored.deepCopy();
		scaler.put("apiVersion", kind.apiVersion());
		Trees.ifObject(scaler, "spec", (spec) -> {
			List<ObjectNode> metrics = Trees.objects(spec, "metrics");
			ObjectNode cpu = metrics.stream().filter(AutoscalerConversion::isCpuUtilization).findFirst().orElse(null);
			if (cpu != null) {
				spec.set("targetCPUUtilizationPercentage", target(cpu).get("averageUtilization"));
			}
			if (metrics.size() > ((cpu != null) ? 1 : 0)) {
				ArrayNode others = scaler.arrayNode();
				metrics.stream().filter((metric) -> metric != cpu).forEach(others::add);
				annotations(scaler).put(METRICS, others.toString());
			}
			spec.remove("metrics");
			JsonNode behavior = spec.remove("behavior");
			if (behavior != null) {
				annotations(scaler).put(BEHAVIOR, behavior.toString());
			}
		});
		Trees.ifObject(scaler, "status", (status) -> status.remove(List.of("conditions", "currentMetrics")));
		return scaler;
	}

	@Override
	public ObjectNode toStorage(ObjectNode object) {
		object.put("apiVersion", "autoscaling/v2");
		ObjectNode spec = Trees.object(object, "spec");
		ArrayNode metrics = spec.arrayNode();
		if (removeAnnotation(object, METRICS) instanceof ArrayNode others) {
			metrics.addAll(others);
		}
		JsonNode percentage = spec.remove("targetCPUUtilizationPercentage");
		if (percentage != null) {
			metrics.insert(0, cpuUtilization(spec, percentage));
		}
		if (!metrics.isEmpty()) {
			spec.set("metrics", metrics);
		}
		JsonNode behavior = removeAnnotation(object, BEHAVIOR);
		if (behavior != null) {
			spec.set("behavior", behavior);
		}
		return object;
	}

	private static boolean isCpuUtilization(ObjectNode metric) {
		return metric.path("type").asString("").equals("Resource")
				&& metric.path("resource").path("name").asString("").equals("cpu")
				&& target(metric).has("averageUtilization");
	}

	private static JsonNode target(ObjectNode metric) {
		return metric.path("resource").path("target");
	}

	private static ObjectNode cpuUtilization(ObjectNode spec, JsonNode percentage) {
		ObjectNode metric = spec.objectNode();
		metric.put("type", "Resource");
		ObjectNode resource = metric.putObject("resource");
		resource.put("name", "cpu");
		resource.putObject("target").put("type", "Utilization").set("averageUtilization", percentage);
		return metric;
	}

	private static ObjectNode annotations(ObjectNode object) {
		return Trees.object(Trees.object(object, "metadata"), "annotations");
	}

	private static @Nullable JsonNode removeAnnotation(ObjectNode object, String key) {
		if (!(object.path("metadata").path("annotations") instanceof ObjectNode annotations) || !annotations.has(key)) {
			return null;
		}
		JsonNode value = ModelCodec.MAPPER.readTree(annotations.remove(key).asString(""));
		if (annotations.isEmpty()) {
			((ObjectNode) object.get("metadata")).remove("annotations");
		}
		return value;
	}

}
