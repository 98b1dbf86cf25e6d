package io.github.k8sclient.test;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The parameters in the query of a request.
 */
final class QueryParameters {

	private final Map<String, List<String>> values;

	private QueryParameters(Map<String, List<String>> values) {
		this.values = values;
	}

	static QueryParameters parse(@Nullable String query) {
		Map<String, List<String>> values = new LinkedHashMap<>();
		if (query != null) {
			for (String pair : query.split("&")) {
				int equals = pair.indexOf('=');
				String name = (equals < 0) ? pair : pair.substring(0, equals);
				String value = (equals < 0) ? "" : pair.substring(equals + 1);
				values.computeIfAbsent(decode(name), (key) -> new ArrayList<>()).add(decode(value));
			}
		}
		return new QueryParameters(values);
	}

	/**
	 * A parameter.
	 * @param name the name
	 * @return the value, null if it is absent or empty
	 */
	@Nullable String text(String name) {
		List<String> all = this.values.get(name);
		return (all == null || all.get(0).isEmpty()) ? null : all.get(0);
	}

	List<String> texts(String name) {
		return this.values.getOrDefault(name, List.of());
	}

	/**
	 * Do as if a parameter were absent, as servers do with those that they do not know.
	 * @param name the name
	 */
	void ignore(String name) {
		this.values.remove(name);
	}

	/**
	 * A switch. As in the API server, anything but {@code false} and {@code 0} means on.
	 * @param name the name
	 * @return whether it is on; null if it is absent
	 */
	@Nullable Boolean flag(String name) {
		List<String> all = this.values.get(name);
		return (all != null) ? !all.get(0).equalsIgnoreCase("false") && !all.get(0).equals("0") : null;
	}

	boolean isOn(String name) {
		return Boolean.TRUE.equals(flag(name));
	}

	/**
	 * A number.
	 * @param name the name
	 * @return the number, null if it is absent
	 * @throws StatusException 400 if it is no number
	 */
	@Nullable Long number(String name) {
		String text = text(name);
		if (text == null) {
			return null;
		}
		if (!text.matches("[+-]?\\d{1,18}")) {
			throw Statuses.badRequest("strconv.ParseInt: parsing %s: invalid syntax".formatted(FieldError.quote(text)));
		}
		return Long.parseLong(text);
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

}
