package io.github.k8sclient.informer;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A field by which the definition of a custom resource lets its objects be selected: a
 * text, a number or a boolean. It is read from the document that an object is written as.
 *
 * @param codec writes the objects
 * @param path the names that lead to the field
 * @param <T> the type of the objects
 */
record CustomField<T extends KubernetesObject>(Codec<T> codec, List<String> path) implements Function<T, String> {

	private static final List<String> SAMPLES = List.of("\"x\"", "1", "true");

	/**
	 * Return a field of a resource.
	 * @param resource the resource
	 * @param name the name of the field, such as {@code spec.color}
	 * @param <T> the type of the objects
	 * @return gives the text of the field, empty if an object has none
	 * @throws IllegalArgumentException if the objects do not say what the server knows of
	 * the field: their class does not keep it, or makes up a value where there is none
	 */
	static <T extends KubernetesObject> CustomField<T> of(ResourceDescriptor<T> resource, String name) {
		CustomField<T> field = new CustomField<>(resource.codec(), List.of(name.split("\\.")));
		Assert.isTrue(field.isKept(),
				() -> resource.type().getName() + " does not keep the selectable field '" + name + "'");
		Assert.isTrue(!Boolean.TRUE.equals(field.survives(null)),
				() -> resource.type().getName() + " has a value for the selectable field '" + name
						+ "' where there is none: use a type that can be null, such as Integer instead of int");
		return field;
	}

	@Override
	public String apply(T object) {
		if (object instanceof Unstructured tree) {
			Object value = tree.nested(this.path.toArray(String[]::new));
			return (value instanceof Number number) ? text(number) : Objects.toString(value, "");
		}
		return Objects.toString(find(write(object)), "");
	}

	// a class that reads some value and then does not have it ignores the field; one that
	// reads none has its reasons
	private boolean isKept() {
		boolean lost = false;
		for (String sample : SAMPLES) {
			Boolean kept = survives(sample);
			if (Boolean.TRUE.equals(kept)) {
				return true;
			}
			lost |= Boolean.FALSE.equals(kept);
		}
		return !lost;
	}

	/**
	 * Return whether the field is there in an object that is read and written again.
	 * @param value its value as JSON, {@code null} for none
	 * @return whether it is, {@code null} if the class has no such objects
	 */
	private @Nullable Boolean survives(@Nullable String value) {
		String json = value;
		for (int i = this.path.size() - 1; i >= 0; i--) {
			json = (json != null) ? "{\"" + this.path.get(i) + "\":" + json + "}" : "{}";
		}
		try {
			T object = this.codec.readJson(
					new JsonReader(String.valueOf(json).getBytes(StandardCharsets.UTF_8), DecodingOptions.defaults()));
			return find(write(object)) != null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private byte[] write(T object) {
		JsonWriter out = new JsonWriter();
		this.codec.writeJson(object, out);
		return out.toByteArray();
	}

	private @Nullable String find(byte[] json) {
		JsonReader in = new JsonReader(json, DecodingOptions.defaults());
		for (String name : this.path) {
			if (!in.isObject() || !enter(in, name)) {
				return null;
			}
		}
		return text(in);
	}

	private static boolean enter(JsonReader in, String name) {
		in.beginObject();
		String key = in.nextKey();
		while (key != null && !key.equals(name)) {
			in.skipValue();
			key = in.nextKey();
		}
		return key != null;
	}

	private static @Nullable String text(JsonReader in) {
		if (in.isString()) {
			return in.readString();
		}
		if (in.isBoolean()) {
			return String.valueOf(in.readBoolean());
		}
		Number number = (in.isObject() || in.isArray()) ? null : in.readNumber();
		return (number != null) ? text(number) : null;
	}

	// to the server a number with a fraction of zero is an integer
	private static String text(Number number) {
		return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
	}

}
