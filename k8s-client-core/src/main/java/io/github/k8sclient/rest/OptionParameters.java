package io.github.k8sclient.rest;

import java.util.List;
import java.util.function.BiConsumer;

import io.github.k8sclient.meta.CreateOptions;
import io.github.k8sclient.meta.GetOptions;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.PatchOptions;
import io.github.k8sclient.meta.UpdateOptions;
import org.jspecify.annotations.Nullable;

/**
 * Writes options objects as query parameters, with the names of the wire. What Go leaves
 * out as empty is left out here: empty strings, false and zero, except where the type in
 * Go is a pointer, for which zero and false are values.
 */
final class OptionParameters {

	private final BiConsumer<String, String> target;

	OptionParameters(BiConsumer<String, String> target) {
		this.target = target;
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
			this.target.accept(name, text);
		}
	}

	private void texts(String name, List<String> texts) {
		texts.forEach((text) -> this.target.accept(name, text));
	}

	private void flag(String name, @Nullable Boolean flag) {
		if (Boolean.TRUE.equals(flag)) {
			this.target.accept(name, "true");
		}
	}

	private void number(String name, @Nullable Long number) {
		if (number != null && number != 0) {
			this.target.accept(name, number.toString());
		}
	}

	private void value(String name, @Nullable Object value) {
		if (value != null) {
			this.target.accept(name, value.toString());
		}
	}

}
