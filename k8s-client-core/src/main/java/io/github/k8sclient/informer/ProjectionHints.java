package io.github.k8sclient.informer;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;

/**
 * Tells a native image what is called by reflection to read a projection: the constructor
 * and the components of the record, the accessors of the kind that lead to its fields,
 * and what reads those.
 */
final class ProjectionHints implements ReflectiveProcessor {

	private static final String MODEL = "io.github.k8sclient.";

	@Override
	public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
		if (element instanceof Class<?> view) {
			hints.registerType(view, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
					MemberCategory.INVOKE_DECLARED_METHODS);
			Projection projection = view.getAnnotation(Projection.class);
			for (RecordComponent component : view.getRecordComponents()) {
				registerPath(hints, projection.of(), component);
			}
		}
	}

	private static void registerPath(ReflectionHints hints, Class<?> kind, RecordComponent component) {
		Projection.Field field = component.getAnnotation(Projection.Field.class);
		String path = (field != null) ? field.value() : component.getName();
		registerMethods(hints, kind);
		Type type = kind;
		for (String name : path.split("\\.")) {
			type = typeOf(type, name);
			registerMethods(hints, type);
		}
	}

	private static Type typeOf(Type parent, String name) {
		if (parent instanceof Class<?> model) {
			try {
				return model.getMethod(name).getGenericReturnType();
			}
			catch (NoSuchMethodException ex) {
				// said where the projection is used
			}
		}
		return parent;
	}

	private static void registerMethods(ReflectionHints hints, Type type) {
		if (type instanceof ParameterizedType parameterized) {
			for (Type argument : parameterized.getActualTypeArguments()) {
				registerMethods(hints, argument);
			}
		}
		else if (type instanceof Class<?> model && model.getName().startsWith(MODEL)) {
			hints.registerType(model, MemberCategory.INVOKE_PUBLIC_METHODS);
		}
	}

}
