package io.github.k8sclient.resource;

import io.github.k8sclient.codec.JsonWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Writes a value of the model by its own codec.
 *
 * @param <T> the type of the value
 */
final class ModelSerializer<T> extends ValueSerializer<T> {

	private final ModelType<T> type;

	ModelSerializer(ModelType<T> type) {
		this.type = type;
	}

	@Override
	public void serialize(T value, JsonGenerator generator, SerializationContext context) {
		JsonWriter out = new JsonWriter();
		this.type.writer().accept(value, out);
		copy(out.toByteArray(), generator);
	}

	// Not every generator can take the text as it is
	private static void copy(byte[] json, JsonGenerator generator) {
		try (JsonParser parser = KubernetesJson.mapper().createParser(json)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (token == JsonToken.VALUE_NUMBER_FLOAT) {
					generator.writeNumber(parser.getDecimalValue());
				}
				else {
					generator.copyCurrentEvent(parser);
				}
			}
		}
	}

}
