package io.github.k8sclient.demo;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Where the demo's programs print. Their lines are the output of a command-line tool, not
 * log messages.
 */
@Component
final class Console {

	void print(String format, @Nullable Object... arguments) {
		System.out.println(String.format(Locale.ROOT, format, arguments).stripTrailing());
	}

}
