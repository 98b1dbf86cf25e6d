package io.github.k8sclient.api;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;

/**
 * A generated class, called by reflection.
 */
record GeneratedType(String name, Class<?> javaClass) {

	private static final Map<String, String> RENAMED = Map.of("meta/v1.GroupVersionKind", "meta/v1.KindReference",
			"meta/v1.GroupResource", "meta/v1.ResourceReference");

	static Stream<GeneratedType> all() {
		return ApiSchema.INSTANCE.typeNames()
			.stream()
			.map(GeneratedType::find)
			.filter((type) -> type.javaClass != null);
	}

	static GeneratedType of(String name) {
		GeneratedType type = find(name);
		if (type.javaClass == null) {
			throw new IllegalArgumentException("No class for " + name);
		}
		return type;
	}

	private static GeneratedType find(String name) {
		String javaName = RENAMED.getOrDefault(name, name);
		String className = "io.github.k8sclient." + (javaName.startsWith("meta/v1.")
				? javaName.replace("meta/v1", "meta") : "api." + javaName.replace('/', '.'));
		try {
			return new GeneratedType(name, Class.forName(className));
		}
		catch (ClassNotFoundException ex) {
			return new GeneratedType(name, null);
		}
	}

	boolean hasProtobuf() {
		return Stream.of(this.javaClass.getMethods()).anyMatch((method) -> method.getName().equals("readProtobuf"));
	}

	Object readJson(byte[] json) {
		return readJson(json, DecodingOptions.defaults());
	}

	Object readJson(byte[] json, DecodingOptions options) {
		JsonReader in = new JsonReader(json, options);
		Object value = call("readJson", null, JsonReader.class, in);
		in.expectEnd();
		return value;
	}

	byte[] writeJson(Object value) {
		return writeJson(value, new JsonWriter());
	}

	byte[] writeJson(Object value, JsonWriter out) {
		call("writeJson", value, JsonWriter.class, out);
		return out.toByteArray();
	}

	Object readProtobuf(byte[] message) {
		return readProtobuf(message, DecodingOptions.defaults());
	}

	Object readProtobuf(byte[] message, DecodingOptions options) {
		return call("readProtobuf", null, ProtobufReader.class, new ProtobufReader(message, options));
	}

	byte[] writeProtobuf(Object value) {
		ProtobufWriter out = new ProtobufWriter();
		call("writeProtobuf", value, ProtobufWriter.class, out);
		return out.toByteArray();
	}

	boolean writesProtobufWithLoss(Object value) {
		ProtobufWriter out = new ProtobufWriter();
		call("writeProtobuf", value, ProtobufWriter.class, out);
		return out.lossy();
	}

	boolean writesJsonWithLoss(Object value) {
		JsonWriter out = new JsonWriter();
		call("writeJson", value, JsonWriter.class, out);
		return out.lossy();
	}

	private Object call(String name, Object target, Class<?> parameter, Object argument) {
		try {
			Method method = this.javaClass.getMethod(name, parameter);
			return method.invoke(target, argument);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new AssertionError(ex.getCause());
		}
		catch (ReflectiveOperationException ex) {
			throw new AssertionError(ex);
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
