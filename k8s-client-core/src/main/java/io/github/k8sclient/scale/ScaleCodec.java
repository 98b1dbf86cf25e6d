package io.github.k8sclient.scale;

import java.util.Map;
import java.util.TreeMap;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.api.autoscaling.v1.Scale;
import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonValues;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;
import io.github.k8sclient.meta.GroupVersionKind;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Reads scales of all versions that there ever were, and writes one of them. The older
 * ones tell the selector twice: as labels in {@code selector}, and, if labels cannot tell
 * it, as text in {@code targetSelector}.
 */
final class ScaleCodec implements Codec<Scale> {

	/**
	 * Reads all versions.
	 */
	static final ScaleCodec ANY = new ScaleCodec(Scale.API_VERSION);

	private static final Map<String, ScaleCodec> CODECS = Map.of(Scale.API_VERSION, ANY, "extensions/v1beta1",
			new ScaleCodec("extensions/v1beta1"), "apps/v1beta1", new ScaleCodec("apps/v1beta1"), "apps/v1beta2",
			new ScaleCodec("apps/v1beta2"));

	private static final String STATUS = "status";

	private static final String SELECTOR = "selector";

	private static final String TARGET_SELECTOR = "targetSelector";

	private final String version;

	private ScaleCodec(String version) {
		this.version = version;
	}

	/**
	 * Return the codec that writes the scales of a kind.
	 */
	static ScaleCodec of(GroupVersionKind kind) {
		ScaleCodec codec = CODECS.get(kind.apiVersion());
		if (codec == null || !kind.kind().equals(Scale.KIND)) {
			throw new KubernetesException("A scale of the kind " + kind + " is not known");
		}
		return codec;
	}

	@Override
	public Class<Scale> type() {
		return Scale.class;
	}

	@Override
	public @Nullable String apiVersion() {
		return null;
	}

	@Override
	public String kind() {
		return Scale.KIND;
	}

	@Override
	public Scale readJson(JsonReader in) {
		if (!in.isObject()) {
			throw in.failure("expected an object");
		}
		Map<String, @Nullable Object> scale = new TreeMap<>(JsonValues.readObject(in));
		Object found = scale.remove("apiVersion");
		if (!(found instanceof String text) || !CODECS.containsKey(text)) {
			throw new DecodingException("no scale of a known version", Scale.KIND, "apiVersion", 0, null);
		}
		if (!text.equals(Scale.API_VERSION) && scale.get(STATUS) instanceof Map<?, ?> status) {
			scale.put(STATUS, newStatus(status));
		}
		JsonWriter out = new JsonWriter();
		JsonValues.write(scale, out);
		return Scale.readJson(new JsonReader(out.toByteArray(), in.options()));
	}

	private static Map<String, @Nullable Object> newStatus(Map<?, ?> old) {
		Map<String, @Nullable Object> status = new TreeMap<>();
		old.forEach((name, value) -> status.put((String) name, value));
		Object text = status.remove(TARGET_SELECTOR);
		Object labels = status.remove(SELECTOR);
		if (text instanceof String selector && !selector.isEmpty()) {
			status.put(SELECTOR, selector);
		}
		else if (labels instanceof Map<?, ?> map) {
			StringBuilder selector = new StringBuilder();
			new TreeMap<>(map).forEach((name,
					value) -> selector.append(selector.isEmpty() ? "" : ",").append(name).append('=').append(value));
			status.put(SELECTOR, selector.toString());
		}
		return status;
	}

	@Override
	public void writeJson(Scale value, JsonWriter out) {
		JsonWriter written = new JsonWriter();
		value.writeJson(written);
		Map<String, @Nullable Object> scale = new TreeMap<>(
				JsonValues.readObject(new JsonReader(written.toByteArray(), DecodingOptions.defaults())));
		scale.put("apiVersion", this.version);
		if (!this.version.equals(Scale.API_VERSION) && scale.get(STATUS) instanceof Map<?, ?> status) {
			scale.put(STATUS, oldStatus(status));
		}
		JsonValues.write(scale, out);
	}

	private static Map<String, @Nullable Object> oldStatus(Map<?, ?> current) {
		Map<String, @Nullable Object> status = new TreeMap<>();
		current.forEach((name, value) -> status.put((String) name, value));
		if (status.remove(SELECTOR) instanceof String selector && !selector.isEmpty()) {
			status.put(TARGET_SELECTOR, selector);
			Map<String, @Nullable Object> labels = labels(selector);
			if (labels != null) {
				status.put(SELECTOR, labels);
			}
		}
		return status;
	}

	/**
	 * Return the labels that a selector wants, {@code null} if it wants anything else.
	 */
	private static @Nullable Map<String, @Nullable Object> labels(String selector) {
		Map<String, @Nullable Object> labels = new TreeMap<>();
		for (String part : StringUtils.commaDelimitedListToStringArray(selector)) {
			String[] label = part.split("==?", 2);
			if (label.length != 2 || part.matches(".*[!()<> ].*")) {
				return null;
			}
			labels.put(label[0], label[1]);
		}
		return labels;
	}

	@Override
	public boolean supportsProtobuf() {
		return false;
	}

	@Override
	public Scale readProtobuf(ProtobufReader in) {
		throw new UnsupportedOperationException("Scales of any version are read as JSON");
	}

	@Override
	public void writeProtobuf(Scale value, ProtobufWriter out) {
		throw new UnsupportedOperationException("Scales of any version are written as JSON");
	}

}
