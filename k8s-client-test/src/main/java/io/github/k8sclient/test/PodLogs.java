package io.github.k8sclient.test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers requests for the subresource {@code log} of pods.
 */
final class PodLogs {

	private static final String CONTENT_TYPE = "text/plain";

	private final Map<String, PodLog> logs = new ConcurrentHashMap<>();

	PodLog of(String namespace, String pod, String container) {
		return this.logs.computeIfAbsent(namespace + "/" + pod + "/" + container, (key) -> new PodLog());
	}

	void clear() {
		this.logs.values().forEach(PodLog::end);
		this.logs.clear();
	}

	ApiResponse answer(ApiRequest request, ResourcePath path, ObjectNode pod) {
		if (!request.method().equals("GET")) {
			throw Statuses.methodNotAllowed();
		}
		QueryParameters parameters = request.parameters();
		String container = container(path.requiredName(), pod.path("spec"), parameters.text("container"));
		PodLog log = of(String.valueOf(path.namespace()), path.requiredName(), container);
		boolean follow = parameters.isOn("follow");
		Flux<byte[]> lines = log.read(follow, parameters.number("tailLines"), parameters.number("limitBytes"));
		return follow ? ApiResponse.stream(CONTENT_TYPE, lines) : ApiResponse.chunked(CONTENT_TYPE, lines);
	}

	static String container(String pod, JsonNode spec, @Nullable String wanted) {
		List<String> names = Stream.of("containers", "initContainers", "ephemeralContainers")
			.flatMap((list) -> Trees.objects(spec, list).stream())
			.map((container) -> container.path("name").asString(""))
			.toList();
		int containers = Trees.objects(spec, "containers").size();
		if (wanted == null && containers == 1) {
			return names.get(0);
		}
		if (wanted == null) {
			throw Statuses.badRequest("a container name must be specified for pod %s, choose one of: %s".formatted(pod,
					names.subList(0, containers).toString().replace(",", "")));
		}
		if (!names.contains(wanted)) {
			throw Statuses.badRequest("container %s is not valid for pod %s".formatted(wanted, pod));
		}
		return wanted;
	}

}
