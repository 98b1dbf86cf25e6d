package io.github.k8sclient.client;

import io.github.k8sclient.api.core.v1.PodLogOptions;
import io.github.k8sclient.rest.Request;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the options of a pod's log as query parameters.
 */
final class PodLogParameters {

	private static final JsonMapper mapper = JsonMapper.shared();

	private PodLogParameters() {
	}

	/**
	 * Add the options to a request as Go does, by the names that they have in JSON:
	 * without empty texts and {@code false}, which are absent for Go, but with zeros,
	 * which are numbers behind pointers.
	 */
	static Request addTo(Request request, PodLogOptions options) {
		byte[] document = ObjectDecoder.encode(PodLogOptions.CODEC, options, WireFormat.JSON).bytes();
		mapper.readTree(document).forEachEntry((name, value) -> {
			if (!name.equals("kind") && !name.equals("apiVersion") && !isEmpty(value)) {
				request.param(name, value.asString());
			}
		});
		return request;
	}

	private static boolean isEmpty(JsonNode value) {
		return value.isString() && value.asString().isEmpty() || value.isBoolean() && !value.asBoolean();
	}

}
