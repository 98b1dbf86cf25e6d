package io.github.k8sclient.autoconfigure;

import java.util.Locale;
import java.util.Set;

import io.github.k8sclient.informer.Indexer;
import io.github.k8sclient.informer.Lister;
import io.github.k8sclient.informer.SharedInformer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;

/**
 * An {@link AbstractInjectionFailureAnalyzer} for an informer, or a part of one, that is
 * injected without being declared. Comes before the one of Spring Boot, which knows no
 * more than that there is no such bean.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InformerInjectionFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final Set<Class<?>> TYPES = Set.of(SharedInformer.class, Lister.class, Indexer.class);

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		ResolvableType type = cause.getResolvableType();
		if (type == null || cause.getNumberOfBeansFound() > 0) {
			return null;
		}
		Class<?> part = type.resolve();
		if (part == null || !TYPES.contains(part)) {
			return null;
		}
		Class<?> kind = type.getGeneric(0).resolve();
		String name = (kind != null) ? kind.getSimpleName() : "Pod";
		String bean = part.getSimpleName() + "<" + name + ">";
		return new FailureAnalysis(
				((description != null) ? description : "An application") + " required a bean of type '" + bean
						+ "'. Informers are no beans unless they are declared.",
				"Declare it in a configuration class:\n\n\t@Bean\n\t" + bean + " " + name.toLowerCase(Locale.ROOT)
						+ part.getSimpleName()
						+ "(SharedInformerFactory informers) {\n\t\treturn informers.forResource(" + name
						+ ".class).informer()" + accessor(part) + ";\n\t}",
				cause);
	}

	private static String accessor(Class<?> part) {
		return (part != SharedInformer.class) ? "." + part.getSimpleName().toLowerCase(Locale.ROOT) + "()" : "";
	}

}
