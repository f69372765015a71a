package marlab.app.shell;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.input.KeyEvent;
import marlab.app.edit.Editor;
import marlab.app.edit.MapEditor;
import marlab.app.edit.PayoffEditor;
import marlab.app.options.TextEditor;
import marlab.app.theme.ColourRegistry;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.PaintableWorld;
import marlab.sim.env.PayoffWorld;
import marlab.sim.game.PayoffMatrix;

/// Editing the world in the window in place of its picture: its map, or its payoffs. FX thread.
final class Editing {

    private final Sessions sessions;
    private final Supplier<Panels> panels;
    private final Supplier<ColourRegistry> colours;
    private Editor editor; // null while the picture is shown

    Editing(Sessions sessions, Supplier<Panels> panels, Supplier<ColourRegistry> colours) {
        this.sessions = sessions;
        this.panels = panels;
        this.colours = colours;
    }

    /// Begins to edit what can be edited about the world in the window.
    ///
    /// @return false when there is nothing of the kind
    boolean begin() {
        Session session = sessions.now();
        return switch (session.world()) {
            case PaintableWorld world -> {
                paint(world, mapNow(world), map -> change(world.settings(map)));
                yield true;
            }
            case PayoffWorld world -> {
                PayoffMatrix now = world.payoffs(session.options());
                price(now, payoffs -> change(world.settings(payoffs)));
                yield true;
            }
            default -> false;
        };
    }

    /// What a form of the world's options edits its texts with.
    Map<OptionSpec.Text.Editor, TextEditor> forTexts() {
        Map<OptionSpec.Text.Editor, TextEditor> all = new EnumMap<>(OptionSpec.Text.Editor.class);
        switch (sessions.now().world()) {
            case PaintableWorld world -> all.put(OptionSpec.Text.Editor.MAP, mapTexts(world));
            case PayoffWorld world -> all.put(OptionSpec.Text.Editor.PAYOFFS, payoffTexts(world));
            default -> {}
        }
        return all;
    }

    private TextEditor mapTexts(PaintableWorld world) {
        return (option, text, done) ->
                paint(
                        world,
                        usable(option, text) ? option.parse(text) : mapNow(world),
                        map -> {
                            option.parse(map);
                            done.accept(world.settings(map));
                            close();
                        });
    }

    private TextEditor payoffTexts(PayoffWorld world) {
        return (option, text, done) ->
                price(
                        usable(option, text)
                                ? PayoffMatrix.parse(text)
                                : world.payoffs(sessions.now().options()),
                        payoffs -> {
                            done.accept(world.settings(payoffs));
                            close();
                        });
    }

    private static boolean usable(OptionSpec.Text option, String text) {
        try {
            return !option.parse(text).toString().isBlank();
        } catch (IllegalArgumentException e) {
            return false; // begin with what is in the window
        }
    }

    private String mapNow(PaintableWorld world) {
        panels.get().paint(System.nanoTime()); // there may have been no picture yet
        return world.mapText(sessions.now().options(), panels.get().world().frame());
    }

    private void paint(PaintableWorld world, String text, Consumer<String> use) {
        show(
                new MapEditor(
                        text,
                        world.tiles(sessions.now().options()),
                        colours,
                        new MapEditor.Actions() {
                            @Override
                            public void use(String map) {
                                use.accept(map);
                            }

                            @Override
                            public void cancel() {
                                close();
                            }
                        }));
    }

    private void price(PayoffMatrix payoffs, Consumer<PayoffMatrix> use) {
        show(
                new PayoffEditor(
                        payoffs,
                        colours,
                        new PayoffEditor.Actions() {
                            @Override
                            public void use(PayoffMatrix now) {
                                use.accept(now);
                            }

                            @Override
                            public void cancel() {
                                close();
                            }
                        }));
    }

    private void show(Editor now) {
        sessions.now().steering().handBack();
        editor = now;
        panels.get().centre().instead(now);
        now.begin();
    }

    /// The same world with some options changed, in place of the editor.
    private void change(Map<String, String> changed) {
        Session session = sessions.now();
        Map<String, String> all = new LinkedHashMap<>(session.options().asText());
        all.putAll(changed);
        sessions.apply(session.world().configure(all));
        close();
    }

    /// True while the picture is covered by an editor.
    boolean goesOn() {
        return editor != null;
    }

    /// Shows the picture again, as it was.
    ///
    /// @return true when there was an editor
    boolean close() {
        boolean had = editor != null;
        if (had) {
            editor = null;
            panels.get().centre().instead(null);
            panels.get().root().requestFocus();
        }
        return had;
    }

    /// There are other panels now, which show their picture.
    void forget() {
        editor = null;
    }

    /// Takes a key press, if it means something to the editor.
    boolean take(KeyEvent event) {
        return editor != null && editor.take(event);
    }

    /// Draws in other colours.
    void recolour() {
        if (editor != null) {
            editor.recolour();
        }
    }
}
