package io.github.k8sclient.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.meta.GetOptions;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.PatchOptions;
import io.github.k8sclient.meta.UpdateOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * The query parameters of a request. Options objects are written with the names of the
 * wire. What Go leaves out as empty is left out here: empty strings, false and zero,
 * except where the type in Go is a pointer, for which zero and false are values.
 */
final class QueryParameters {

	private final MultiValueMap<String, String> values = new LinkedMultiValueMap<>();

	void add(String name, String value) {
		this.values.add(name, value);
	}

	void set(String name, String value) {
		this.values.set(name, value);
	}

	/**
	 * Replace all parameters by those of a query.
	 * @param query the query, encoded and without its question mark; {@code null} for
	 * none
	 */
	void replaceAll(@Nullable String query) {
		this.values.clear();
		if (query == null) {
			return;
		}
		UriComponentsBuilder.newInstance()
			.query(query)
			.build()
			.getQueryParams()
			.forEach((name, values) -> values.forEach((value) -> add(decode(name), decode(value))));
	}

	private static String decode(@Nullable String text) {
		return (text != null) ? URLDecoder.decode(text, StandardCharsets.UTF_8) : "";
	}

	@Nullable String first(String name) {
		return this.values.getFirst(name);
	}

	void write(GetOptions options) {
		text("resourceVersion", options.resourceVersion());
	}

	void write(ListOptions options) {
		text("labelSelector", options.labelSelector());
		text("fieldSelector", options.fieldSelector());
		flag("watch", options.watch());
		flag("allowWatchBookmarks", options.allowWatchBookmarks());
		text("resourceVersion", options.resourceVersion());
		text("resourceVersionMatch", options.resourceVersionMatch());
		value("timeoutSeconds", options.timeoutSeconds());
		number("limit", options.limit());
		text("continue", options.continue_());
		value("sendInitialEvents", options.sendInitialEvents());
		text("shardSelector", options.shardSelector());
	}

	void write(CreateOptions options) {
		texts("dryRun", options.dryRun());
		text("fieldManager", options.fieldManager());
		text("fieldValidation", options.fieldValidation());
	}

	void write(UpdateOptions options) {
		texts("dryRun", options.dryRun());
		text("fieldManager", options.fieldManager());
		text("fieldValidation", options.fieldValidation());
	}

	void write(PatchOptions options) {
		texts("dryRun", options.dryRun());
		value("force", options.force());
		text("fieldManager", options.fieldManager());
		text("fieldValidation", options.fieldValidation());
	}

	private void text(String name, @Nullable String text) {
		if (text != null && !text.isEmpty()) {
			add(name, text);
		}
	}

	private void texts(String name, List<String> texts) {
		texts.forEach((text) -> add(name, text));
	}

	private void flag(String name, @Nullable Boolean flag) {
		if (Boolean.TRUE.equals(flag)) {
			add(name, "true");
		}
	}

	private void number(String name, @Nullable Long number) {
		if (number != null && number != 0) {
			add(name, number.toString());
		}
	}

	private void value(String name, @Nullable Object value) {
		if (value != null) {
			add(name, value.toString());
		}
	}

	/**
	 * Return the parameters as they go on the wire, with the question mark, or nothing if
	 * there are none.
	 */
	String encoded() {
		StringBuilder query = new StringBuilder();
		this.values.forEach((name,
				values) -> values.forEach((value) -> query.append(query.isEmpty() ? '?' : '&')
					.append(UriUtils.encode(name, StandardCharsets.UTF_8))
					.append('=')
					.append(UriUtils.encode(value, StandardCharsets.UTF_8))));
		return query.toString();
	}

}
