package io.github.k8sclient.resource;

import io.github.k8sclient.codec.JsonWriter;
import tools.jackson.core.JsonGenerator;
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
		generator.writeRawValue(out.toString());
	}

}
