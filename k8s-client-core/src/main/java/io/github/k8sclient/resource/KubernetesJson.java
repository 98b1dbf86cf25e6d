package io.github.k8sclient.resource;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The mapper that reads and writes the objects of annotated classes.
 */
final class KubernetesJson {

	private static final JsonMapper MAPPER = extend(JsonMapper.builder()
		.changeDefaultVisibility((checker) -> checker.withFieldVisibility(JsonAutoDetect.Visibility.ANY))
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
		.build());

	private KubernetesJson() {
	}

	static JsonMapper mapper() {
		return MAPPER;
	}

	/**
	 * Add the types of the model to a mapper.
	 */
	static JsonMapper extend(JsonMapper mapper) {
		return mapper.rebuild().addModule(KubernetesJacksonModule.forCustomResources()).build();
	}

}
