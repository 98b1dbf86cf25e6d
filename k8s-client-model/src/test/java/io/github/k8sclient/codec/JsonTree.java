package io.github.k8sclient.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.value.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads any JSON value as maps, lists, texts and booleans. Numbers stay as they are
 * written.
 */
final class JsonTree {

	private JsonTree() {
	}

	static @Nullable Object read(byte[] json, DecodingOptions options) {
		JsonReader in = new JsonReader(json, options);
		Object tree = read(in);
		in.expectEnd();
		return tree;
	}

	static @Nullable Object read(JsonReader in) {
		if (in.isObject()) {
			in.beginObject();
			Map<String, Object> object = new LinkedHashMap<>();
			for (String key = in.nextKey(); key != null; key = in.nextKey()) {
				object.put(key, read(in));
			}
			return object;
		}
		if (in.isArray()) {
			in.beginArray();
			List<Object> array = new ArrayList<>();
			while (in.nextElement()) {
				array.add(read(in));
			}
			return array;
		}
		if (in.isString()) {
			return in.readString();
		}
		RawJson scalar = in.readRaw();
		if (scalar == null) {
			return null;
		}
		return switch (scalar.toString()) {
			case "true" -> true;
			case "false" -> false;
			default -> scalar;
		};
	}

}
